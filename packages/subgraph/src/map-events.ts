import { CodedError } from '@eventxperts/errors';

/**
 * A hand-written iterator: an async generator's `return()` would wait for the next event, so the
 * source of a client that has left would stay open until then.
 *
 * With `failed`, a failure is the last result. Thrown, as when one client's token expires, it would
 * close the socket that a gateway shares among all its clients.
 */
export function mapEvents<Event, Result>(
  source: AsyncIterator<Event>,
  map: (event: Event) => Promise<Result>,
  failed?: (error: unknown) => Result,
): AsyncIterableIterator<Result> {
  const done = { value: undefined, done: true } as const;
  let over = false;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      if (over) return done;
      try {
        const { value, done: ended } = await source.next();
        return ended ? done : { value: await map(value), done: false };
      } catch (error) {
        over = true;
        await source.return?.();
        if (failed) return { value: failed(error), done: false };
        throw error;
      }
    },
    async return() {
      await source.return?.();
      return done;
    },
    async throw(error) {
      await source.return?.();
      throw error instanceof Error ? error : new CodedError('INTERNAL');
    },
  };
}
