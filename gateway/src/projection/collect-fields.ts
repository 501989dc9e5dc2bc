import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { type ConditionValues, isIncluded } from '../operation/conditions.ts';
import { type PlanName, responseName } from '../operation/plan-names.ts';

export interface SelectionContext {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly conditions: ConditionValues;
  /** Where a field's value stands in the merged answers. */
  readonly planName: PlanName;
}

/** By response name, in the order in which they are answered: the specification's CollectFields. */
export type CollectedFields = Map<string, FieldNode[]>;

/** @param type what the object is; an interface where its subgraph knows no more (`@interfaceObject`) */
export function collectFields(
  type: GraphQLNamedType,
  selectionSets: readonly SelectionSetNode[],
  context: SelectionContext,
): CollectedFields {
  const fields: CollectedFields = new Map();
  const visited = new Set<string>();

  function visit({ selections }: SelectionSetNode): void {
    for (const selection of selections) {
      if (!isIncluded(selection, context.conditions)) continue;
      switch (selection.kind) {
        case Kind.FIELD: {
          const name = responseName(selection);
          const known = fields.get(name);
          if (known) known.push(selection);
          else fields.set(name, [selection]);
          break;
        }
        case Kind.INLINE_FRAGMENT:
          if (applies(selection.typeCondition?.name.value, type, context.schema)) {
            visit(selection.selectionSet);
          }
          break;
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value;
          const fragment = context.fragments[name];
          if (!fragment || visited.has(name)) break;
          visited.add(name);
          if (applies(fragment.typeCondition.name.value, type, context.schema)) {
            visit(fragment.selectionSet);
          }
        }
      }
    }
  }

  for (const selectionSet of selectionSets) visit(selectionSet);
  return fields;
}

/** Whether a fragment with this type condition holds for whatever is of the type. */
export function applies(
  condition: string | undefined,
  type: GraphQLNamedType,
  schema: GraphQLSchema,
): boolean {
  if (condition === undefined || condition === type.name) return true;
  const wider = schema.getType(condition);
  return (
    isAbstractType(wider) &&
    (isObjectType(type) || isInterfaceType(type)) &&
    schema.isSubType(wider, type)
  );
}
