import { badInput } from '@eventxperts/errors';
import { z } from 'zod';

const longest = 1024;

/** An opaque position in a list: the values of its sort keys at the last row, the id last. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values.map(String))).toString('base64url');

/**
 * The sort keys out of a cursor that a client gave back. They are as trustworthy as any input.
 * @throws BAD_USER_INPUT at `after` when it is none of ours, or has not `arity` values.
 */
export const decodeCursor = (cursor: string, arity: number): string[] =>
  parseCursor(cursor, z.array(z.string()).length(arity));

/**
 * As `decodeCursor`, each value checked and converted:
 * `parseCursor(after, z.tuple([z.iso.datetime(), z.uuid()]))`.
 */
export function parseCursor<T>(cursor: string, values: z.ZodType<T>): T {
  const parsed = values.safeParse(stringsIn(cursor));
  if (parsed.success) return parsed.data;
  throw badInput('after', 'This is not a cursor of this list.');
}

function stringsIn(cursor: string): unknown {
  if (cursor.length > longest) return undefined;
  const text = Buffer.from(cursor, 'base64url').toString('utf8');
  // PostgreSQL refuses a zero byte in a text, and would do so as a fault of ours.
  if (text.includes('\\u0000')) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
