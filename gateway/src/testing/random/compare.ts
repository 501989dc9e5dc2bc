import type { ExecutionResult } from 'graphql';

/** What of two answers has to be the same; undefined when they agree. */
export function difference(ours: ExecutionResult, reference: ExecutionResult): string | undefined {
  const expected = JSON.stringify(reference.data);
  const actual = JSON.stringify(ours.data);
  if (actual !== expected) {
    const what = sorted(ours.data) === sorted(reference.data) ? 'order' : 'data';
    return `${what} ${actual}\ninstead of ${expected}`;
  }
  const told = placesOf(ours, () => true);
  const failed = placesOf(reference, ({ message }) => message.startsWith('boom'));
  const possible = placesOf(reference, () => true);
  const unheard = [...failed].filter((place) => !told.has(place));
  const invented = [...told].filter((place) => !possible.has(place));
  if (unheard.length > 0) return `no error at ${unheard.join(' ')} in ${JSON.stringify(ours)}`;
  if (invented.length > 0) return `an error at ${invented.join(' ')} in ${JSON.stringify(ours)}`;
  return undefined;
}

/** The same text for objects that differ only in the order of their fields. */
const sorted = (data: unknown): string =>
  JSON.stringify(data, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );

type Failure = NonNullable<ExecutionResult['errors']>[number];

/**
 * The nulls that errors explain. Of several errors that make one and the same null, graphql-js tells
 * those that it meets before it gives up; which these are is left to it.
 */
function placesOf(
  { data, errors = [] }: ExecutionResult,
  counts: (error: Failure) => boolean,
): Set<string> {
  const places = new Set<string>();
  for (const error of errors) {
    if (!counts(error)) continue;
    const place: (string | number)[] = [];
    let value: unknown = data;
    for (const step of error.path ?? []) {
      if (value === null || value === undefined) break;
      value = (value as Record<string | number, unknown>)[step];
      place.push(step);
    }
    places.add(place.join('.'));
  }
  return places;
}
