import type { PlannedOperation } from '../operation/planned-operation.ts';
import type { JsonObject } from '../plan/json.ts';
import { compileClientPaths, type ErrorPath } from './client-paths.ts';
import { compileObject } from './compile-projection.ts';
import { conditionVariables, variableValue } from './conditions.ts';
import { compileIntrospection, type Introspect } from './introspection.ts';
import type { WriteValue } from './leaf-text.ts';

type Variables = Readonly<Record<string, unknown>>;

/** Makes of the merged answers of subgraphs what the client asked for, by the client's schema. */
export interface Projection {
  /**
   * The answer's `data` as JSON text: nulls moved up to the next place that may be null.
   * @param plain whether no string of the answers needs an escape
   */
  dataText(merged: JsonObject, variables: Variables, plain: boolean): string;
  /** An error's path without what only the plan asked for. */
  clientPath(path: ErrorPath): ErrorPath;
  /** The value that decides over a condition of the plan. */
  condition(name: string, variables: Variables): boolean;
}

interface Variant {
  readonly write: WriteValue;
  readonly introspect: Introspect | undefined;
}

/** More combinations of conditions than any client means to send. */
const maxVariants = 64;

/** One variant for each combination of the variables that `@skip` and `@include` name. */
export function compileProjection(operation: Omit<PlannedOperation, 'plan'>): Projection {
  const { definition, document, fragments, schema } = operation;
  const names = conditionVariables(document);
  const variants = new Map<string, Variant>();

  function compile(variables: Variables): Variant {
    const conditions = Object.fromEntries(
      names.map((name) => [name, variableValue(definition, variables, name)]),
    );
    const context = { schema, fragments, conditions };
    const root = schema.getRootType(definition.operation);
    return {
      write: root ? compileObject(root, [definition.selectionSet], context) : () => 'null',
      introspect: compileIntrospection(definition, context),
    };
  }

  function variantFor(variables: Variables): Variant {
    const key = names
      .map((name) => (variableValue(definition, variables, name) === true ? '1' : '0'))
      .join('');
    const known = variants.get(key);
    if (known) return known;
    if (variants.size >= maxVariants) variants.clear();
    const variant = compile(variables);
    variants.set(key, variant);
    return variant;
  }

  return {
    dataText(merged, variables, plain) {
      const { write, introspect } = variantFor(variables);
      if (!introspect) return write(merged, plain);
      return write({ ...merged, ...introspect(variables) }, plain);
    },
    clientPath: compileClientPaths(definition, fragments),
    condition: (name, variables) => variableValue(definition, variables, name) === true,
  };
}
