import type { FragmentDefinitionNode, OperationDefinitionNode, SelectionSetNode } from 'graphql';
import { Kind } from 'graphql';

/** Every response name of an operation, whatever the types and conditions. */
interface ResponseTree {
  readonly children: Map<string, ResponseTree>;
}

export type ErrorPath = readonly (string | number)[];

/**
 * Cuts an error's path where it leaves what the client asked for: fields that only the plan needs, such
 * as keys, are none of the client's, and what fails with them is the object that holds them.
 */
export function compileClientPaths(
  { selectionSet }: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): (path: ErrorPath) => ErrorPath {
  const root: ResponseTree = { children: new Map() };
  grow(root, selectionSet, fragments);
  return (path) => {
    let tree: ResponseTree | undefined = root;
    for (const [index, step] of path.entries()) {
      if (typeof step === 'number') continue;
      tree = tree.children.get(step);
      if (!tree) return path.slice(0, index);
    }
    return path;
  };
}

function grow(
  tree: ResponseTree,
  { selections }: SelectionSetNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
): void {
  for (const selection of selections) {
    switch (selection.kind) {
      case Kind.FIELD: {
        const name = selection.alias?.value ?? selection.name.value;
        const child = tree.children.get(name) ?? { children: new Map() };
        tree.children.set(name, child);
        if (selection.selectionSet) grow(child, selection.selectionSet, fragments);
        break;
      }
      case Kind.INLINE_FRAGMENT:
        grow(tree, selection.selectionSet, fragments);
        break;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments[selection.name.value];
        if (fragment) grow(tree, fragment.selectionSet, fragments);
      }
    }
  }
}
