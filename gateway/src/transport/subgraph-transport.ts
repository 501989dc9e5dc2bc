import type { FormattedExecutionResult } from 'graphql';

/** What travels with a request to every subgraph it needs. */
export interface ForwardedHeaders {
  /** The caller's own, for the subgraph to verify again. */
  readonly authorization?: string | undefined;
  readonly 'idempotency-key'?: string | undefined;
  readonly traceparent?: string | undefined;
  /** `ftv1` when usage reporting wants the subgraph's trace. */
  readonly 'apollo-federation-include-trace'?: string | undefined;
}

export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly headers: ForwardedHeaders;
  /** The request as JSON text, where it has been written already. */
  readonly body?: string | undefined;
}

export interface SubgraphResult extends FormattedExecutionResult {
  /** Whether the text of the answer had no escape: then none of its strings needs one. */
  readonly plain?: boolean;
}

/** An answer of its own when the subgraph refuses, otherwise one result an event. */
export type SubgraphEvents = AsyncIterableIterator<SubgraphResult> | SubgraphResult;

/** The way to one subgraph: a call within the process, or HTTP. A transport throws when there is no answer. */
export interface SubgraphTransport {
  execute(request: SubgraphRequest): Promise<SubgraphResult>;
  subscribe(request: SubgraphRequest): Promise<SubgraphEvents>;
  ready(): Promise<boolean>;
  stop?(): Promise<void>;
}

export const isEventStream = (
  answer: SubgraphEvents,
): answer is AsyncIterableIterator<SubgraphResult> => Symbol.asyncIterator in answer;
