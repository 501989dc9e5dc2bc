import {
  type GraphQLCompositeType,
  type GraphQLOutputType,
  isAbstractType,
  isCompositeType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isUnionType,
  type SelectionSetNode,
} from 'graphql';
import { getOwn, isJsonObject } from '../plan/json.ts';
import { collectFields, type SelectionContext } from './collect-fields.ts';
import { leafWriter, type WriteValue } from './leaf-text.ts';
import { isTypeDependent } from './type-dependent.ts';

/** What a writer says of a null where the schema allows none: whoever holds the place becomes null. */
const bubble = '';

interface FieldWriter {
  /** Where the value stands in the merged answers. */
  readonly key: string;
  /** `"name":`, after a comma if it is not the first. */
  readonly label: string;
  readonly write: WriteValue;
}

/**
 * Compiles the selections of a composite type to what writes an object as the client asked for it.
 * Each runtime type has its fields compiled when it is first met.
 */
export function compileObject(
  declared: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  context: SelectionContext,
): WriteValue {
  const fieldsByType = new Map<string, readonly FieldWriter[] | undefined>();
  const alwaysDeclared = isObjectType(declared);

  function fieldsOf(typename: string): readonly FieldWriter[] | undefined {
    if (fieldsByType.has(typename)) return fieldsByType.get(typename);
    const type = context.schema.getType(typename);
    const isTold =
      isCompositeType(type) &&
      !(isAbstractType(type) && isTypeDependent(type, selectionSets, context));
    const fields = isTold ? compileFields(type, selectionSets, context) : undefined;
    if (type) fieldsByType.set(typename, fields);
    return fields;
  }

  return (value, plain) => {
    if (!isJsonObject(value)) return 'null';
    const { __typename } = value;
    const fields = fieldsOf(
      alwaysDeclared || typeof __typename !== 'string' ? declared.name : __typename,
    );
    if (!fields) return 'null';
    let text = '{';
    for (const { key, label, write } of fields) {
      const written = write(getOwn(value, key), plain);
      if (written === bubble) return 'null';
      text += label + written;
    }
    return `${text}}`;
  };
}

function compileFields(
  type: GraphQLCompositeType,
  selectionSets: readonly SelectionSetNode[],
  context: SelectionContext,
): readonly FieldWriter[] {
  const fields: FieldWriter[] = [];
  for (const [name, nodes] of collectFields(type, selectionSets, context)) {
    const [first] = nodes;
    if (!first) continue;
    const nested = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    const write =
      first.name.value === '__typename'
        ? typenameWriter(type.name)
        : fieldWriter(type, first.name.value, nested, context);
    if (!write) continue;
    const comma = fields.length === 0 ? '' : ',';
    const key = context.planName(first);
    fields.push({ key, label: `${comma}${JSON.stringify(name)}:`, write });
  }
  return fields;
}

function typenameWriter(name: string): WriteValue {
  const text = JSON.stringify(name);
  return () => text;
}

function fieldWriter(
  parent: GraphQLCompositeType,
  name: string,
  selectionSets: readonly SelectionSetNode[],
  context: SelectionContext,
): WriteValue | undefined {
  const field = isUnionType(parent) ? undefined : parent.getFields()[name];
  if (field) return typeWriter(field.type, selectionSets, context);
  // The gateway answers introspection itself; its values come beside the subgraphs'.
  return name.startsWith('__') ? (value) => JSON.stringify(value) ?? 'null' : undefined;
}

function typeWriter(
  type: GraphQLOutputType,
  selectionSets: readonly SelectionSetNode[],
  context: SelectionContext,
): WriteValue {
  if (isNonNullType(type)) {
    const write = typeWriter(type.ofType, selectionSets, context);
    return (value, plain) => {
      const text = write(value, plain);
      return text === 'null' ? bubble : text;
    };
  }
  if (isListType(type)) return listWriter(typeWriter(type.ofType, selectionSets, context));
  if (isLeafType(type)) {
    const write = leafWriter(type);
    return (value, plain) => (value === null || value === undefined ? 'null' : write(value, plain));
  }
  return compileObject(type, selectionSets, context);
}

const listWriter =
  (writeItem: WriteValue): WriteValue =>
  (value, plain) => {
    if (!Array.isArray(value)) return 'null';
    let text = '[';
    for (const item of value) {
      const written = writeItem(item, plain);
      if (written === bubble) return 'null';
      text += text === '[' ? written : `,${written}`;
    }
    return `${text}]`;
  };
