import type { PlanPath } from '../plan/compiled-plan.ts';
import { getOwn, isJsonObject, type JsonObject } from '../plan/json.ts';

/** The objects that a plan's path leads to. One that several places share comes once for each. */
export function objectsAt(root: JsonObject, path: PlanPath): JsonObject[] {
  let level: unknown[] = [root];
  for (const step of path) {
    const next: unknown[] = [];
    for (const value of level) {
      if (step === '@') {
        if (Array.isArray(value)) for (const item of value) next.push(item);
      } else if (isJsonObject(value)) next.push(getOwn(value, step));
    }
    level = next;
  }
  return level.filter(isJsonObject);
}

export interface Place {
  readonly object: JsonObject;
  readonly path: readonly (string | number)[];
}

/** The same with their paths, for errors: no fetch without errors pays for them. */
export function placesAt(root: JsonObject, path: PlanPath): Place[] {
  const places: Place[] = [];
  const visit = (value: unknown, depth: number, here: readonly (string | number)[]): void => {
    const step = path[depth];
    if (step === undefined) {
      if (isJsonObject(value)) places.push({ object: value, path: here });
    } else if (step !== '@') {
      if (isJsonObject(value)) visit(getOwn(value, step), depth + 1, [...here, step]);
    } else if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, depth + 1, [...here, index]);
    }
  };
  visit(root, 0, []);
  return places;
}

/** The longest part of a path that holds whatever the answer is: up to its first list. */
export const commonPath = (path: PlanPath): PlanPath =>
  path.includes('@') ? path.slice(0, path.indexOf('@')) : path;
