import { CodedError } from '@eventxperts/errors';

/** One client's place in a stream: a bounded buffer between the log and a slow reader. */
export interface Subscriber<T> extends AsyncIterableIterator<T> {
  push(item: T): void;
  fail(error: Error): void;
}

interface Waiting<T> {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: Error): void;
}

const done = { value: undefined, done: true } as const;

/**
 * Hand-written rather than a generator, so that `return()` takes effect at once, even while `next()`
 * waits. A reader that falls `capacity` items behind is failed rather than kept in memory.
 */
export function createSubscriber<T>(capacity: number, onEnd: () => void): Subscriber<T> {
  const buffer: T[] = [];
  const waiting: Waiting<T>[] = [];
  let ended = false;
  let failure: Error | undefined;

  const end = () => {
    if (ended) return;
    ended = true;
    buffer.length = 0;
    onEnd();
    for (const { resolve } of waiting.splice(0)) resolve(done);
  };
  const fail = (error: Error) => {
    if (ended) return;
    const reader = waiting.shift();
    if (!reader) failure = error;
    end();
    reader?.reject(error);
  };

  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    push(item) {
      if (ended) return;
      const reader = waiting.shift();
      if (reader) reader.resolve({ value: item, done: false });
      else if (buffer.length < capacity) buffer.push(item);
      else fail(new CodedError('UNAVAILABLE', `Fell ${capacity} updates behind. Subscribe again.`));
    },
    fail,
    next() {
      const item = buffer.shift();
      if (item !== undefined) return Promise.resolve({ value: item, done: false });
      if (failure) {
        const error = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (ended) return Promise.resolve(done);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      end();
      return Promise.resolve(done);
    },
  };
}
