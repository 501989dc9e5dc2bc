import type { PlanVariant } from '../operation/plan-variants.ts';
import type { PlannedOperation } from '../operation/planned-operation.ts';
import type { JsonObject } from '../plan/json.ts';
import { compileClientPaths, type ErrorPath } from './client-paths.ts';
import { compileObject } from './compile-projection.ts';
import { compileIntrospection } from './introspection.ts';

/** Makes of the merged answers of subgraphs what the client asked for, by the client's schema. */
export interface Projection {
  /**
   * The answer's `data` as JSON text: nulls moved up to the next place that may be null.
   * @param plain whether no string of the answers needs an escape
   */
  dataText(
    merged: JsonObject,
    variables: Readonly<Record<string, unknown>>,
    plain: boolean,
  ): string;
  /** An error's path without what only the plan asked for. */
  clientPath(path: ErrorPath): ErrorPath;
}

export function compileProjection(
  { definition, fragments, schema }: PlannedOperation,
  { conditions, planName }: PlanVariant,
): Projection {
  const context = { schema, fragments, conditions, planName };
  const root = schema.getRootType(definition.operation);
  const write = root ? compileObject(root, [definition.selectionSet], context) : () => 'null';
  const introspect = compileIntrospection(definition, context);
  return {
    dataText: (merged, variables, plain) =>
      write(introspect ? { ...merged, ...introspect(variables) } : merged, plain),
    clientPath: compileClientPaths(definition, context),
  };
}
