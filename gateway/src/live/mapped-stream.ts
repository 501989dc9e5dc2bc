interface Ending<Result> {
  onEnd(): void;
  /** The last result of a stream whose source failed. */
  onFault(error: unknown): Result;
}

const done = { value: undefined, done: true } as const;

/**
 * One result an event of `source`, in order. Leaving (`return`) answers a reader that waits, closes the
 * source at once and reports `onEnd` exactly once, however the stream ended.
 */
export class MappedStream<Event, Result> implements AsyncIterableIterator<Result, undefined> {
  readonly #source: AsyncIterator<Event>;
  readonly #map: (event: Event) => Promise<Result>;
  readonly #ending: Ending<Result>;
  #leave: (() => void) | undefined;
  #ended = false;

  constructor(
    source: AsyncIterator<Event>,
    map: (event: Event) => Promise<Result>,
    ending: Ending<Result>,
  ) {
    this.#source = source;
    this.#map = map;
    this.#ending = ending;
  }

  async next(): Promise<IteratorResult<Result, undefined>> {
    if (this.#ended) return done;
    return new Promise((resolve, reject) => {
      this.#leave = () => resolve(done);
      this.#pull().then(resolve, reject);
    });
  }

  async return(): Promise<IteratorResult<Result, undefined>> {
    this.#end();
    this.#leave?.();
    await this.#source.return?.();
    return done;
  }

  async throw(error: unknown): Promise<IteratorResult<Result, undefined>> {
    await this.return();
    throw error;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  async #pull(): Promise<IteratorResult<Result, undefined>> {
    try {
      const event = await this.#source.next();
      if (!event.done) return { value: await this.#map(event.value), done: false };
      this.#end();
      return done;
    } catch (error) {
      this.#end();
      await this.#source.return?.();
      return { value: this.#ending.onFault(error), done: false };
    }
  }

  #end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#ending.onEnd();
  }
}
