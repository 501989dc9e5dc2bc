import type { Dispatcher } from 'undici';

export interface HttpPost {
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  /** Milliseconds for the whole answer. */
  readonly timeoutMs: number;
}

/**
 * Posts and gives the answer's text. By undici's `dispatch`, without the streams and signals that its
 * `request` makes for every answer: these cost more than the answer itself.
 */
export function httpPost(
  dispatcher: Dispatcher,
  { path, headers, body, timeoutMs }: HttpPost,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let late: Error | undefined;
    let abort: ((error: Error) => void) | undefined;
    const deadline = setTimeout(() => {
      late = new Error('The answer took too long.');
      abort?.(late);
      reject(late);
    }, timeoutMs);
    dispatcher.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart(controller) {
          abort = (error) => controller.abort(error);
          if (late) abort(late);
        },
        onResponseData(_controller, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          clearTimeout(deadline);
          const [only] = chunks;
          const whole = only && chunks.length === 1 ? only : Buffer.concat(chunks);
          resolve(whole.toString('utf8'));
        },
        onResponseError(_controller, error) {
          clearTimeout(deadline);
          reject(error);
        },
      },
    );
  });
}
