import type { OperationDefinitionNode, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';
import { isIncluded } from '../operation/conditions.ts';
import { responseName } from '../operation/plan-names.ts';
import type { SelectionContext } from './collect-fields.ts';

/** Every response name of an operation, whatever the types. */
interface ResponseTree {
  /** What the client calls it. */
  readonly name: string;
  /** By their names in the plan. */
  readonly children: Map<string, ResponseTree>;
}

export type ErrorPath = readonly (string | number)[];

/**
 * Cuts an error's path where it leaves what the client asked for: fields that only the plan needs, such
 * as keys, are none of the client's, and what fails with them is the object that holds them.
 */
export function compileClientPaths(
  { selectionSet }: OperationDefinitionNode,
  context: SelectionContext,
): (path: ErrorPath) => ErrorPath {
  const root: ResponseTree = { name: '', children: new Map() };
  grow(root, selectionSet, context);
  return (path) => {
    let tree: ResponseTree | undefined = root;
    const shown: (string | number)[] = [];
    for (const step of path) {
      if (typeof step === 'string') {
        tree = tree.children.get(step);
        if (!tree) return shown;
        shown.push(tree.name);
      } else shown.push(step);
    }
    return shown;
  };
}

function grow(
  tree: ResponseTree,
  { selections }: SelectionSetNode,
  context: SelectionContext,
): void {
  for (const selection of selections) {
    if (!isIncluded(selection, context.conditions)) continue;
    switch (selection.kind) {
      case Kind.FIELD: {
        const name = context.planName(selection);
        const known = tree.children.get(name);
        const child = known ?? { name: responseName(selection), children: new Map() };
        tree.children.set(name, child);
        if (selection.selectionSet) grow(child, selection.selectionSet, context);
        break;
      }
      case Kind.INLINE_FRAGMENT:
        grow(tree, selection.selectionSet, context);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = context.fragments[selection.name.value];
        if (fragment) grow(tree, fragment.selectionSet, context);
      }
    }
  }
}
