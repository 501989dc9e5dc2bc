import type { FetchDataRewrite } from '@apollo/query-planner';
import { getOwn, isJsonObject, type JsonObject, setOwn } from './json.ts';
import type { TypeNames } from './type-names.ts';

const fragment = '... on ';

/**
 * Changes a representation before it is sent, or an answer before it is merged. The planner renames
 * fields of equal names whose types would conflict, and gives an interface object its own type name.
 */
export function applyRewrites(
  rewrites: readonly FetchDataRewrite[],
  value: unknown,
  types: TypeNames,
): void {
  for (const rewrite of rewrites) {
    const name = rewrite.path.at(-1);
    if (name !== undefined) visitParents(value, rewrite, name, 0, types);
  }
}

function visitParents(
  value: unknown,
  rewrite: FetchDataRewrite,
  name: string,
  depth: number,
  types: TypeNames,
): void {
  if (Array.isArray(value)) {
    for (const item of value) visitParents(item, rewrite, name, depth, types);
    return;
  }
  if (!isJsonObject(value)) return;
  if (depth === rewrite.path.length - 1) {
    rewriteField(value, name, rewrite);
    return;
  }
  const step = rewrite.path[depth] ?? '';
  if (!step.startsWith(fragment)) {
    visitParents(getOwn(value, step), rewrite, name, depth + 1, types);
  } else if (holds(value, step.slice(fragment.length), types)) {
    visitParents(value, rewrite, name, depth + 1, types);
  }
}

/** An object that does not tell its type is of the only one it can be. */
const holds = ({ __typename }: JsonObject, condition: string, types: TypeNames): boolean =>
  typeof __typename !== 'string' || types.isA(__typename, condition);

function rewriteField(object: JsonObject, name: string, rewrite: FetchDataRewrite): void {
  if (rewrite.kind === 'ValueSetter') {
    setOwn(object, name, rewrite.setValueTo);
    return;
  }
  const value = getOwn(object, name);
  if (value === undefined) return;
  setOwn(object, rewrite.renameKeyTo, value);
  object[name] = undefined;
}

/** An error's path within the answer, with the fields as they are called after {@link applyRewrites}. */
export function rewritePath(
  rewrites: readonly FetchDataRewrite[],
  path: readonly (string | number)[],
): (string | number)[] {
  const renamed = [...path];
  for (const rewrite of rewrites) {
    if (rewrite.kind !== 'KeyRenamer') continue;
    const names = rewrite.path.filter((step) => !step.startsWith(fragment));
    const place = placeOf(names, path);
    if (place !== undefined) renamed[place] = rewrite.renameKeyTo;
  }
  return renamed;
}

/** Where in the path its last of these names stands, if it begins with them, list indices aside. */
function placeOf(names: readonly string[], path: readonly (string | number)[]): number | undefined {
  let matched = 0;
  for (const [index, step] of path.entries()) {
    if (typeof step === 'number') continue;
    if (step !== names[matched]) return undefined;
    matched += 1;
    if (matched === names.length) return index;
  }
  return undefined;
}
