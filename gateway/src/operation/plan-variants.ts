import { operationFromDocument } from '@apollo/federation-internals';
import type { QueryPlan } from '@apollo/query-planner';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { LoadedSupergraph } from '../supergraph/supergraph.ts';
import { type ConditionValues, conditionVariables, variableValue } from './conditions.ts';
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

/** More combinations than any client means to send; whoever sends more waits for the planner again. */
const maxVariants = 64;

/**
 * Conditions are settled before planning. The planner, given them, has a fetch wait for `@requires` that
 * a condition left out, and then nothing of the fetch arrives.
 */
export function createPlanVariants(
  { apiSchema, planner, neededFields }: LoadedSupergraph,
  document: DocumentNode,
  definition: OperationDefinitionNode,
): PlanFor {
  const names = conditionVariables(document);
  const planName = choosePlanNames(document, neededFields);
  const variants = new Map<string, PlanVariant>();

  function plan(conditions: ConditionValues): PlanVariant {
    const operationName = definition.name?.value;
    const operation = operationFromDocument(
      apiSchema,
      planDocument(document, planName, conditions),
      { ...(operationName === undefined ? {} : { operationName }), validate: false },
    );
    return { conditions, planName, plan: planner.buildQueryPlan(operation) };
  }

  return (variables) => {
    const values = names.map((name) => variableValue(definition, variables, name) === true);
    const key = values.map(Number).join('');
    const known = variants.get(key);
    if (known) return known;
    if (variants.size >= maxVariants) variants.clear();
    const variant = plan(Object.fromEntries(names.map((name, index) => [name, values[index]])));
    variants.set(key, variant);
    return variant;
  };
}
