import { z } from 'zod';
import { lastPanic } from './load-engine.ts';

/** A failure as Prisma's command line expects it in the `data` of a JSON-RPC error. */
export interface ErrorRecord {
  readonly is_panic: boolean;
  readonly message: string;
  readonly error_code?: string;
  readonly meta?: unknown;
}

const knownError = z.object({
  message: z.string(),
  code: z.string().optional(),
  meta: z.unknown().optional(),
});

export function errorRecord(error: unknown): ErrorRecord {
  if (error instanceof WebAssembly.RuntimeError) {
    return { is_panic: true, message: lastPanic() ?? error.message };
  }
  const known = knownError.safeParse(error);
  if (!known.success) return { is_panic: false, message: String(error) };
  const { message, code, meta } = known.data;
  return { is_panic: false, message, ...(code && { error_code: code }), ...(meta ? { meta } : {}) };
}
