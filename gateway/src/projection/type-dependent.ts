import { type GraphQLAbstractType, Kind, type SelectionNode, type SelectionSetNode } from 'graphql';
import { isIncluded } from '../operation/conditions.ts';
import { applies, type SelectionContext } from './collect-fields.ts';

/**
 * Whether what is selected depends on which of its possible types an object is. Of an entity that one
 * subgraph knows by its interface alone (`@interfaceObject`), and the others not at all, nobody can tell.
 */
export function isTypeDependent(
  type: GraphQLAbstractType,
  selectionSets: readonly SelectionSetNode[],
  context: SelectionContext,
): boolean {
  const asksFor = (condition: string | undefined, { selections }: SelectionSetNode): boolean =>
    !applies(condition, type, context.schema) || selections.some(isDependent);

  function isDependent(selection: SelectionNode): boolean {
    if (!isIncluded(selection, context.conditions)) return false;
    switch (selection.kind) {
      case Kind.FIELD:
        return selection.name.value === '__typename';
      case Kind.INLINE_FRAGMENT:
        return asksFor(selection.typeCondition?.name.value, selection.selectionSet);
      case Kind.FRAGMENT_SPREAD: {
        const fragment = context.fragments[selection.name.value];
        return !!fragment && asksFor(fragment.typeCondition.name.value, fragment.selectionSet);
      }
    }
  }

  return selectionSets.some(({ selections }) => selections.some(isDependent));
}
