type Waiting<T> = {
  resolve(result: IteratorResult<T, undefined>): void;
  reject(error: unknown): void;
};

const done = { value: undefined, done: true } as const;

/**
 * Turns a source that pushes into an iterator that is pulled. Written by hand because the `return()`
 * of an async generator waits for the next event, which leaves the source of a departed client open.
 */
export class EventQueue<T> implements AsyncIterableIterator<T, undefined> {
  readonly #pending: T[] = [];
  readonly #limit: number;
  readonly #onReturn: () => void;
  #waiting: Waiting<T> | undefined;
  #ending: { error?: unknown } | undefined;

  /** @param limit events kept for a reader that lags; one more ends the stream with an error */
  constructor(limit: number, onReturn: () => void) {
    this.#limit = limit;
    this.#onReturn = onReturn;
  }

  push(event: T): void {
    if (this.#ending) return;
    if (this.#waiting) this.#take().resolve({ value: event, done: false });
    else if (this.#pending.push(event) > this.#limit) {
      this.fail(new Error(`More than ${this.#limit} events wait to be read`));
      this.#onReturn();
    }
  }

  end(): void {
    this.#ending ??= {};
    if (this.#waiting) this.#take().resolve(done);
  }

  fail(error: unknown): void {
    this.#ending ??= { error };
    if (this.#waiting) this.#take().reject(error);
  }

  async next(): Promise<IteratorResult<T, undefined>> {
    const event = this.#pending.shift();
    if (event !== undefined) return { value: event, done: false };
    if (this.#ending) return this.#endOnce(this.#ending);
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject };
    });
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    this.#pending.length = 0;
    if (!this.#ending) this.#onReturn();
    this.end();
    return done;
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  #endOnce(ending: { error?: unknown }): IteratorResult<T, undefined> {
    this.#ending = {};
    if ('error' in ending) throw ending.error;
    return done;
  }

  #take(): Waiting<T> {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (!waiting) throw new Error('nobody waits');
    return waiting;
  }
}
