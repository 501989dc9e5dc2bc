import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller, Revocation, Verifier } from '@eventxperts/identity';
import type { EventBus, Messaging } from '@eventxperts/messaging';
import type { Logger } from 'pino';
import type { NonEmptyArray } from 'type-graphql';
import type { ZodType } from 'zod';

/** What a request brings to a subgraph, whichever way it came. */
export interface RequestHeaders {
  readonly authorization?: string | undefined;
  readonly 'idempotency-key'?: string | undefined;
  readonly traceparent?: string | undefined;
}

export interface SubgraphRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  readonly headers: RequestHeaders;
}

/** Every resolver's context: who asks. A domain adds its services and the loaders of this request. */
export interface BaseContext {
  readonly caller: Caller;
}

/** Outside parts of one subgraph, chosen by configuration and handed to the domain. */
export interface Platform<Config> {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly bus: EventBus;
  readonly verifier: Verifier;
  readonly log: Logger;
}

/** A handler of plain HTTP below `/public`, reached from outside as `/<subgraph><path>`. */
export interface Route {
  readonly path: `/${string}`;
  handle(request: IncomingMessage, response: ServerResponse): void | Promise<void>;
}

/** Work on a clock. Runs are never concurrent within a process; a replica may run at the same time. */
export interface Job {
  readonly name: string;
  readonly everyMs: number;
  run(): Promise<void>;
}

// A reference resolver sees `{ __typename, ...key }` as another subgraph sent it.
export type ReferenceResolver<Context> = (
  reference: Readonly<Record<string, unknown>>,
  context: Context,
) => unknown;

export interface SubgraphService<Context extends BaseContext> {
  context(request: { readonly caller: Caller; readonly headers: RequestHeaders }): Context;
  readonly messaging: Messaging;
  readonly revocation: Revocation;
  readonly jobs?: readonly Job[];
  /** The platform's own housekeeping in the domain's database. */
  readonly janitor: Job;
  readonly routes?: readonly Route[];
  start(): Promise<void>;
  ready(): Promise<boolean>;
  stop(): Promise<void>;
}

export interface SubgraphDefinition<Config, Context extends BaseContext> {
  readonly name: string;
  readonly environment: ZodType<Config>;
  readonly resolvers: NonEmptyArray<new () => object>;
  readonly orphanedTypes?: readonly (new () => object)[];
  /** By entity: answers `_entities`. Every one authorises; what the caller may not see is null. */
  readonly references: Readonly<Record<string, ReferenceResolver<Context>>>;
  create(platform: Platform<Config>): SubgraphService<Context>;
}

export const defineSubgraph = <Config, Context extends BaseContext>(
  definition: SubgraphDefinition<Config, Context>,
): SubgraphDefinition<Config, Context> => definition;
