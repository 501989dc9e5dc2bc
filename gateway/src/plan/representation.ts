import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { getOwn, isJsonObject, type JsonObject } from './json.ts';
import type { TypeNames } from './type-names.ts';

/**
 * What stands for an entity in `_entities(representations:)`, as JSON text: one text is one entity, so
 * it is also the key by which equal ones are fetched once. Undefined when the entity lacks a needed
 * field or is of none of the types that are asked for.
 */
export type Represent = (entity: JsonObject) => string | undefined;

interface RepresentedField {
  readonly name: string;
  /** `"name":`, after a comma if it is not the first. */
  readonly label: string;
  readonly write: (value: unknown) => string;
}

/** Compiles a fetch's `requires`. */
export function compileRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  types: TypeNames,
): Represent {
  const write = compileObject(requires, types);
  return (entity) => (typeof entity.__typename === 'string' ? write(entity) : undefined);
}

function compileObject(selections: readonly QueryPlanSelectionNode[], types: TypeNames): Represent {
  const fieldsByType = new Map<unknown, readonly RepresentedField[]>();

  function fieldsOf(typename: unknown): readonly RepresentedField[] {
    const known = fieldsByType.get(typename);
    if (known) return known;
    const fields = compileFields(
      collectSelections(selections, typeof typename === 'string' ? typename : undefined, types),
      types,
    );
    fieldsByType.set(typename, fields);
    return fields;
  }

  return (object) => {
    const fields = fieldsOf(object.__typename);
    if (fields.length === 0) return undefined;
    let text = '{';
    for (const { name, label, write } of fields) {
      const value = getOwn(object, name);
      if (value === undefined) return undefined;
      text += label + write(value);
    }
    return `${text}}`;
  };
}

type Collected = Map<string, QueryPlanSelectionNode[]>;

/** The fields that hold for one type. Several fragments may hold for it and name the same field. */
function collectSelections(
  selections: readonly QueryPlanSelectionNode[],
  typename: string | undefined,
  types: TypeNames,
  into: Collected = new Map(),
): Collected {
  for (const selection of selections) {
    if (selection.kind === 'Field') {
      const name = selection.alias ?? selection.name;
      into.set(name, [...(into.get(name) ?? []), ...(selection.selections ?? [])]);
      continue;
    }
    const { typeCondition } = selection;
    const applies =
      typeCondition === undefined || (typename !== undefined && types.isA(typename, typeCondition));
    if (applies) collectSelections(selection.selections, typename, types, into);
  }
  return into;
}

const compileFields = (collected: Collected, types: TypeNames): readonly RepresentedField[] =>
  [...collected].map(([name, selections], index) => ({
    name,
    label: `${index === 0 ? '' : ','}${JSON.stringify(name)}:`,
    write: selections.length > 0 ? compileNested(selections, types) : writeLeaf,
  }));

const writeLeaf = (value: unknown): string => JSON.stringify(value) ?? 'null';

/** A nested object that lacks a field is null: its entity can still be asked for. */
function compileNested(
  selections: readonly QueryPlanSelectionNode[],
  types: TypeNames,
): (value: unknown) => string {
  const writeObject = compileObject(selections, types);
  return function write(value): string {
    if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
    return (isJsonObject(value) ? writeObject(value) : undefined) ?? 'null';
  };
}
