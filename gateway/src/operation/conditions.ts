import {
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';

/** What each variable of the operation's `@skip` and `@include` says in one request. */
export type ConditionValues = Readonly<Record<string, unknown>>;

/** The names of the variables that decide over fields, in alphabetical order. */
export function conditionVariables(document: DocumentNode): string[] {
  const names = new Set<string>();
  visit(document, {
    Directive(directive) {
      const value = conditionOf(directive.name.value) && directive.arguments?.[0]?.value;
      if (value && value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

/** A variable that was not given has its default. */
export function variableValue(
  { variableDefinitions = [] }: OperationDefinitionNode,
  given: Readonly<Record<string, unknown>>,
  name: string,
): unknown {
  if (given[name] !== undefined) return given[name];
  const definition = variableDefinitions.find(({ variable }) => variable.name.value === name);
  return definition?.defaultValue && valueFromASTUntyped(definition.defaultValue);
}

export function isIncluded({ directives = [] }: SelectionNode, values: ConditionValues): boolean {
  return directives.every((directive) => {
    const condition = conditionOf(directive.name.value);
    const argument = directive.arguments?.[0]?.value;
    if (!condition || !argument) return true;
    const value =
      argument.kind === Kind.VARIABLE
        ? values[argument.name.value]
        : argument.kind === Kind.BOOLEAN && argument.value;
    return condition === 'include' ? value === true : value !== true;
  });
}

const conditionOf = (directive: string): 'skip' | 'include' | undefined =>
  directive === 'skip' || directive === 'include' ? directive : undefined;
