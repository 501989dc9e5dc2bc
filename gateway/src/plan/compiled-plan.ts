import type { FetchDataRewrite } from '@apollo/query-planner';
import type { Represent } from './representation.ts';

/** `@` stands for every item of a list. */
export type PlanPath = readonly string[];

export type PlanStep = SequenceStep | ParallelStep | FetchStep;

export interface SequenceStep {
  readonly kind: 'sequence';
  readonly steps: readonly PlanStep[];
}

export interface ParallelStep {
  readonly kind: 'parallel';
  readonly steps: readonly PlanStep[];
}

export interface FetchStep {
  readonly kind: 'fetch';
  readonly subgraph: string;
  readonly query: string;
  readonly operationName: string | undefined;
  /** The request as JSON text up to its variables: `{"query":"…"`. */
  readonly requestHead: string;
  readonly variables: readonly string[];
  /** After a mutation, what was known of entities may no longer hold. */
  readonly mutates: boolean;
  /** From the root of the answer to the objects that the fetched fields belong to. */
  readonly path: PlanPath;
  readonly outputRewrites: readonly FetchDataRewrite[];
  /** Only where entities are asked for. */
  readonly entities: EntityFetch | undefined;
}

export interface EntityFetch {
  readonly represent: Represent;
  /** Fetches with equal keys ask the same of an entity: what one of them received, the others need not ask. */
  readonly shareKey: string;
  /** Whether another fetch of the plan has the same key. */
  readonly shared: boolean;
}

export interface CompiledPlan {
  readonly root: PlanStep | undefined;
  /** The fetch whose subgraph owns the subscription; `root` is then the rest of the plan, once an event. */
  readonly subscription: FetchStep | undefined;
}
