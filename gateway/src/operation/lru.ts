/**
 * Keeps the values used last, weighed by the length of their keys: an operation's text is the measure
 * of what is kept with it, so nobody fills the memory with a few thousand long ones.
 */
export class Lru<Value> {
  // A map iterates in order of insertion, so the first key is the oldest.
  readonly #entries = new Map<string, Value>();
  readonly #capacity: number;
  #weight = 0;

  /** @param capacity characters of all keys together; one key may have a tenth of them */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): Value | undefined {
    const value = this.#entries.get(key);
    if (value === undefined) return undefined;
    this.#entries.delete(key);
    this.#entries.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    if (key.length > this.#capacity / 10) return;
    if (!this.#entries.has(key)) this.#weight += key.length;
    this.#entries.set(key, value);
    for (const oldest of this.#entries.keys()) {
      if (this.#weight <= this.#capacity) return;
      this.#entries.delete(oldest);
      this.#weight -= oldest.length;
    }
  }
}
