import { type DocumentNode, type FieldNode, Kind, type SelectionNode, visit } from 'graphql';
import { type ConditionValues, isIncluded } from './conditions.ts';
import { type PlanName, responseName } from './plan-names.ts';

/**
 * The document as the planner is to see it: with the plan's names, without what `@skip` and `@include`
 * leave out, and without these directives.
 */
export function planDocument(
  document: DocumentNode,
  planName: PlanName,
  conditions: ConditionValues,
): DocumentNode {
  const settled = <Node extends SelectionNode>(node: Node): Node | null | undefined => {
    if (!node.directives?.length) return undefined;
    if (!isIncluded(node, conditions)) return null;
    return { ...node, directives: node.directives.filter(({ name }) => !settles.has(name.value)) };
  };
  return visit(document, {
    Field(field) {
      const kept = settled(field);
      return kept === null ? null : renamed(kept ?? field, planName);
    },
    InlineFragment: settled,
    FragmentSpread: settled,
    SelectionSet: {
      leave: (set) =>
        set.selections.length > 0 ? undefined : { ...set, selections: [typenameField] },
    },
  });
}

const settles = new Set(['skip', 'include']);

const typenameField: FieldNode = {
  kind: Kind.FIELD,
  name: { kind: Kind.NAME, value: '__typename' },
};

const renamed = (field: FieldNode, planName: PlanName): FieldNode => {
  const name = planName(field);
  if (name === responseName(field)) return field;
  return { ...field, alias: { kind: Kind.NAME, value: name } };
};
