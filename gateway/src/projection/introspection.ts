import {
  executeSync,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
} from 'graphql';
import type { JsonObject } from '../plan/json.ts';
import { collectFields, type SelectionContext } from './collect-fields.ts';

export type Introspect = (variables: Readonly<Record<string, unknown>>) => JsonObject;

/** The gateway answers `__schema` and `__type` by the client's schema. Undefined when none is asked for. */
export function compileIntrospection(
  operation: OperationDefinitionNode,
  context: SelectionContext,
): Introspect | undefined {
  const root = context.schema.getQueryType();
  if (!root || operation.operation !== 'query') return undefined;
  const fields = [...collectFields(root, [operation.selectionSet], context).values()]
    .flat()
    .filter(isIntrospection);
  if (fields.length === 0) return undefined;
  const document = introspectionDocument(operation, fields, context.fragments);
  return (variables) => {
    const { data, errors } = executeSync({
      schema: context.schema,
      document,
      variableValues: variables,
    });
    const [error] = errors ?? [];
    if (error) throw error;
    return data ?? {};
  };
}

const isIntrospection = ({ name }: FieldNode): boolean =>
  name.value === '__schema' || name.value === '__type';

const introspectionDocument = (
  operation: OperationDefinitionNode,
  selections: readonly FieldNode[],
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
) =>
  ({
    kind: Kind.DOCUMENT,
    definitions: [
      { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } },
      ...Object.values(fragments),
    ],
  }) as const;
