import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import { type ConditionValues, conditionVariables, variableValue } from './conditions.ts';
import type { Lru } from './lru.ts';
import { planDocument } from './plan-document.ts';
import { choosePlanNames, type PlanName } from './plan-names.ts';

type Variables = Readonly<Record<string, unknown>>;

/** An operation with its `@skip` and `@include` settled. */
export interface PlanVariant {
  readonly conditions: ConditionValues;
  readonly plan: QueryPlan;
  readonly planName: PlanName;
}

/** The variant that a request's variables choose; planned when it is first asked for. */
export type PlanFor = (variables: Variables) => PlanVariant;

export interface PlanVariantsOptions {
  readonly supergraph: LoadedSupergraph;
  readonly document: DocumentNode;
  readonly definition: OperationDefinitionNode;
  /** All variants of all operations: nobody fills the memory with combinations of one operation either. */
  readonly kept: Lru<PlanVariant>;
  /** What names the operation there. */
  readonly key: string;
}

/**
 * Conditions are settled before planning. The planner, given them, has a fetch wait for `@requires` that
 * a condition left out, and then nothing of the fetch arrives.
 */
export function createPlanVariants(options: PlanVariantsOptions): PlanFor {
  const { supergraph, document, definition, kept, key } = options;
  const { apiSchema, planner, neededFields } = supergraph;
  const names = conditionVariables(document);
  const planName = choosePlanNames(document, neededFields);
  let last: { readonly choice: string; readonly variant: PlanVariant } | undefined;

  function plan(conditions: ConditionValues): PlanVariant {
    const operationName = definition.name?.value;
    const operation = operationFromDocument(
      apiSchema,
      planDocument(document, planName, conditions),
      { ...(operationName === undefined ? {} : { operationName }), validate: false },
    );
    return { conditions, planName, plan: planner.buildQueryPlan(operation) };
  }

  function variantOf(choice: string, values: readonly boolean[]): PlanVariant {
    const known = kept.get(`${choice}\n${key}`);
    if (known) return known;
    const variant = plan(Object.fromEntries(names.map((name, index) => [name, values[index]])));
    kept.set(`${choice}\n${key}`, variant);
    return variant;
  }

  return (variables) => {
    const values = names.map((name) => variableValue(definition, variables, name) === true);
    const choice = values.map(Number).join('');
    // Most operations have one variant, and most clients of the others stay with theirs.
    if (last?.choice !== choice) last = { choice, variant: variantOf(choice, values) };
    return last.variant;
  };
}
