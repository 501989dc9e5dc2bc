/** A JSON object of a subgraph's answer. Merging writes into it, so it never belongs to two requests. */
export type JsonObject = Record<string, unknown>;

export const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * A response name may be any name, `__proto__` too: plain reading and writing would meet the prototype
 * instead of the answer.
 */
export function setOwn(object: JsonObject, name: string, value: unknown): void {
  if (name === '__proto__') {
    const writable = { configurable: true, enumerable: true, writable: true };
    Object.defineProperty(object, name, { value, ...writable });
  } else object[name] = value;
}

export const getOwn = (object: JsonObject, name: string): unknown =>
  Object.hasOwn(object, name) ? object[name] : undefined;
