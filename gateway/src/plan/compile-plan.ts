import type { FetchNode, PlanNode, QueryPlan } from '@apollo/query-planner';
import { CodedError } from '@eventxperts/errors';
import type { CompiledPlan, EntityFetch, FetchStep, PlanPath, PlanStep } from './compiled-plan.ts';
import { compileRepresentation, type Represent } from './representation.ts';
import { applyRewrites } from './rewrites.ts';
import type { TypeNames } from './type-names.ts';

/** Makes of the planner's plan what a request carries out, once an operation. */
export function compilePlan({ node }: QueryPlan, types: TypeNames): CompiledPlan {
  const uses = countShareKeys(node?.kind === 'Subscription' ? node.rest : node);
  const compile = (step: PlanNode | undefined) =>
    step ? compileStep(step, [], { types, uses }) : undefined;
  if (node?.kind !== 'Subscription') return { root: compile(node), subscription: undefined };
  return {
    root: compile(node.rest),
    subscription: compileFetch(node.primary, [], { types, uses }),
  };
}

interface Compilation {
  readonly types: TypeNames;
  /** How many fetches have each share key. */
  readonly uses: ReadonlyMap<string, number>;
}

function compileStep(node: PlanNode, path: PlanPath, compilation: Compilation): PlanStep {
  const compile = (step: PlanNode) => compileStep(step, path, compilation);
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', steps: node.nodes.map(compile) };
    case 'Parallel':
      return { kind: 'parallel', steps: node.nodes.map(compile) };
    case 'Flatten':
      return compileStep(node.node, [...path, ...node.path.map(String)], compilation);
    case 'Fetch':
      return compileFetch(node, path, compilation);
    case 'Condition':
    case 'Defer':
      throw new CodedError('INTERNAL', `The planner was not asked for a ${node.kind}.`);
  }
}

const compileFetch = (node: FetchNode, path: PlanPath, compilation: Compilation): FetchStep => ({
  kind: 'fetch',
  subgraph: node.serviceName,
  query: node.operation,
  operationName: node.operationName,
  requestHead: requestHead(node),
  variables: node.variableUsages ?? [],
  mutates: node.operationKind === 'mutation',
  path,
  outputRewrites: node.outputRewrites ?? [],
  entities: node.requires && compileEntities(node, compilation),
});

const requestHead = ({ operation: query, operationName }: FetchNode): string =>
  JSON.stringify({ query, operationName }).slice(0, -1);

function compileEntities(node: FetchNode, { types, uses }: Compilation): EntityFetch {
  const shareKey = shareKeyOf(node);
  return {
    represent: representationOf(node, types),
    shareKey,
    shared: (uses.get(shareKey) ?? 0) > 1,
  };
}

function representationOf(
  { requires = [], inputRewrites = [] }: FetchNode,
  types: TypeNames,
): Represent {
  const represent = compileRepresentation(requires, types);
  if (inputRewrites.length === 0) return represent;
  return (entity) => {
    const text = represent(entity);
    if (text === undefined) return undefined;
    const representation: unknown = JSON.parse(text);
    applyRewrites(inputRewrites, representation, types);
    return JSON.stringify(representation);
  };
}

/** The planner numbers the operations it names; without the name, equal ones are equal. */
function shareKeyOf({ serviceName, operation, operationName, outputRewrites = [] }: FetchNode) {
  const nameless =
    operationName === undefined ? operation : operation.replace(` ${operationName}`, '');
  return JSON.stringify([serviceName, nameless, outputRewrites]);
}

function countShareKeys(node: PlanNode | undefined, counts = new Map<string, number>()) {
  switch (node?.kind) {
    case 'Sequence':
    case 'Parallel':
      for (const child of node.nodes) countShareKeys(child, counts);
      break;
    case 'Flatten':
      countShareKeys(node.node, counts);
      break;
    case 'Fetch': {
      if (!node.requires) break;
      const key = shareKeyOf(node);
      counts.set(key, (counts.get(key) ?? 0) + 1);
      break;
    }
    default:
  }
  return counts;
}
