import { CodedError } from '@eventxperts/errors';

/**
 * A hand-written iterator: an async generator's `return()` would wait for the next event, so the
 * source of a client that has left would stay open until then.
 */
export function mapEvents<Event, Result>(
  source: AsyncIterator<Event>,
  map: (event: Event) => Promise<Result>,
): AsyncIterableIterator<Result> {
  const done = { value: undefined, done: true } as const;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const { value, done: ended } = await source.next();
      return ended ? done : { value: await map(value), done: false };
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
