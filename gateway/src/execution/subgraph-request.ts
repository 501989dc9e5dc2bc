import type { FetchStep } from '../plan/compiled-plan.ts';
import type { ForwardedHeaders, SubgraphRequest } from '../transport/subgraph-transport.ts';

type Variables = Readonly<Record<string, unknown>>;

/** A fetch as the subgraph gets it: only the variables that it uses, and of them only those given. */
export function subgraphRequest(
  step: FetchStep,
  given: Variables,
  headers: ForwardedHeaders,
): SubgraphRequest {
  const variables = pickedVariables(step, given);
  return {
    query: step.query,
    operationName: step.operationName,
    variables,
    headers,
    body: `${step.requestHead},"variables":${JSON.stringify(variables)}}`,
  };
}

/**
 * Entities are asked for by texts that stand for them. A transport that sends text sends them as they
 * are; one that stays within the process has them parsed.
 */
export function entityRequest(
  step: FetchStep,
  representations: readonly string[],
  given: Variables,
  headers: ForwardedHeaders,
): SubgraphRequest {
  const own = JSON.stringify(pickedVariables(step, given)).slice(1, -1);
  const text = `{${own === '' ? '' : `${own},`}"representations":[${representations.join(',')}]}`;
  let parsed: Variables | undefined;
  return {
    query: step.query,
    operationName: step.operationName,
    get variables() {
      parsed ??= JSON.parse(text) as Variables;
      return parsed;
    },
    headers,
    body: `${step.requestHead},"variables":${text}}`,
  };
}

function pickedVariables({ variables }: FetchStep, given: Variables): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const name of variables) {
    if (Object.hasOwn(given, name) && given[name] !== undefined) picked[name] = given[name];
  }
  return picked;
}
