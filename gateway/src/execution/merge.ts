import { getOwn, isJsonObject, type JsonObject, setOwn } from '../plan/json.ts';
import type { TypeNames } from '../plan/type-names.ts';

/**
 * Adds to `target` what another subgraph says of the same object. A value gives way to a later one, but
 * not to null: a subgraph that failed takes nothing away from what others said. What `target` lacks it
 * takes over without copying.
 */
export function mergeInto(target: JsonObject, source: JsonObject, types: TypeNames): void {
  for (const name of Object.keys(source)) {
    const value = source[name];
    const existing = getOwn(target, name);
    if (existing === undefined || existing === null) {
      if (value !== undefined) setOwn(target, name, value);
    } else if (isKnownBetter(name, existing, value, types)) {
      // An interface object's subgraph knows the interface alone.
    } else if (!mergeValues(existing, value, types) && value !== null && value !== undefined) {
      setOwn(target, name, value);
    }
  }
}

const isKnownBetter = (name: string, existing: unknown, value: unknown, types: TypeNames) =>
  name === '__typename' &&
  existing !== value &&
  typeof value === 'string' &&
  types.isInterface(value);

/** Whether both are objects, or lists of the same objects, and have become one. */
function mergeValues(existing: unknown, value: unknown, types: TypeNames): boolean {
  if (isJsonObject(existing) && isJsonObject(value)) {
    if (existing !== value) mergeInto(existing, value, types);
    return true;
  }
  if (!Array.isArray(existing) || !Array.isArray(value)) return false;
  if (existing.length !== value.length) return false;
  for (const [index, item] of value.entries()) {
    if (!mergeValues(existing[index], item, types) && item !== null) existing[index] = item;
  }
  return true;
}

/** A copy that can be merged into: objects and lists are new, leaves are not. */
export function cloneJson<T>(value: T): T;
export function cloneJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => cloneJson(item));
  if (!isJsonObject(value)) return value;
  const copy: JsonObject = {};
  for (const name of Object.keys(value)) setOwn(copy, name, cloneJson(value[name]));
  return copy;
}
