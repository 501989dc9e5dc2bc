import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { z } from 'zod';
import { errorRecord } from './error-record.ts';

export type CallMethod = (method: string, params: unknown) => Promise<unknown>;

const message = z.object({
  id: z.number(),
  method: z.string().optional(),
  params: z.unknown().optional(),
});

/** Answers requests, one JSON object a line, in order, until the input ends. */
export async function serveJsonRpc(
  input: Readable,
  output: Writable,
  call: CallMethod,
): Promise<void> {
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    const { id, method, params } = message.parse(JSON.parse(line));
    // Without a method it is the answer to a request of ours, and says nothing.
    if (method !== undefined) send(output, { id, ...(await answer(call, method, params)) });
  }
}

/** Asks the command line to print; the answer is not awaited. */
export const requestPrint = (output: Writable, content: string): void =>
  send(output, { id: 0, method: 'print', params: { content } });

async function answer(call: CallMethod, method: string, params: unknown): Promise<object> {
  try {
    return { result: (await call(method, params)) ?? null };
  } catch (error) {
    const data = errorRecord(error);
    return { error: { code: 4466, message: 'An error happened. Check the data field.', data } };
  }
}

function send(output: Writable, content: object): void {
  output.write(`${JSON.stringify({ jsonrpc: '2.0', ...content })}\n`);
}
