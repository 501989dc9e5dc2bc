import {
  type DirectiveNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isUnionType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { AccessRule, AccessRules } from '../supergraph/access-rules.ts';

/** A selected field that not everyone may read, and the `@skip`/`@include` that may leave it out. */
export interface ProtectedField {
  readonly path: readonly string[];
  readonly rule: AccessRule;
  readonly conditions: readonly Condition[];
}

export interface Condition {
  readonly variable: string;
  readonly selectedWhen: boolean;
}

interface Place {
  readonly parent: GraphQLCompositeType;
  readonly path: readonly string[];
  readonly conditions: readonly Condition[];
}

/** Found once an operation, so that each request only compares them with its caller. */
export function findProtectedFields(
  operation: OperationDefinitionNode,
  fragments: Record<string, FragmentDefinitionNode>,
  schema: GraphQLSchema,
  rules: AccessRules,
): ProtectedField[] {
  const found: ProtectedField[] = [];

  function visitSelections({ selections }: SelectionSetNode, place: Place): void {
    for (const selection of selections) {
      const conditions = conditionsOf(selection);
      if (conditions === 'never') continue;
      visit(selection, { ...place, conditions: [...place.conditions, ...conditions] });
    }
  }

  function visit(selection: SelectionNode, place: Place): void {
    switch (selection.kind) {
      case Kind.FIELD: {
        const field = isUnionType(place.parent)
          ? undefined
          : place.parent.getFields()[selection.name.value];
        if (!field) return; // __typename and introspection
        const path = [...place.path, selection.alias?.value ?? selection.name.value];
        const type = getNamedType(field.type);
        note(coordinates(place.parent, field.name, type, schema), { ...place, path });
        if (selection.selectionSet && isCompositeType(type)) {
          visitSelections(selection.selectionSet, { ...place, parent: type, path });
        }
        return;
      }
      case Kind.INLINE_FRAGMENT:
        visitFragment(selection.typeCondition?.name.value ?? place.parent.name, selection, place);
        return;
      case Kind.FRAGMENT_SPREAD: {
        const fragment = fragments[selection.name.value];
        if (fragment) visitFragment(fragment.typeCondition.name.value, fragment, place);
        return;
      }
    }
  }

  function visitFragment(
    typeName: string,
    { selectionSet }: { selectionSet: SelectionSetNode },
    place: Place,
  ): void {
    const type = schema.getType(typeName);
    if (!isCompositeType(type)) return;
    note([type.name], place);
    visitSelections(selectionSet, { ...place, parent: type });
  }

  function note(names: readonly string[], { path, conditions }: Place): void {
    for (const name of names) {
      const rule = rules.get(name);
      if (rule) found.push({ path, rule, conditions });
    }
  }

  const root = schema.getRootType(operation.operation);
  if (root) {
    visitSelections(operation.selectionSet, { parent: root, path: [], conditions: [] });
  }
  return found;
}

/** A field of an interface may be any implementation's, so all their rules hold for it. */
function coordinates(
  parent: GraphQLCompositeType,
  field: string,
  type: GraphQLNamedType,
  schema: GraphQLSchema,
): string[] {
  const parents = isInterfaceType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
  const types = isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type];
  return [
    ...parents.map(({ name }) => `${name}.${field}`),
    ...(isUnionType(type) ? [type.name] : types.map(({ name }) => name)),
  ];
}

function conditionsOf({ directives = [] }: SelectionNode): Condition[] | 'never' {
  const conditions: Condition[] = [];
  for (const directive of directives) {
    const selectedWhen = selectionOf(directive);
    const value = directive.arguments?.[0]?.value;
    if (selectedWhen === undefined || value === undefined) continue;
    if (value.kind === Kind.VARIABLE) {
      conditions.push({ variable: value.name.value, selectedWhen });
    } else if (value.kind === Kind.BOOLEAN && value.value !== selectedWhen) return 'never';
  }
  return conditions;
}

function selectionOf({ name }: DirectiveNode): boolean | undefined {
  if (name.value === 'include') return true;
  if (name.value === 'skip') return false;
  return undefined;
}
