import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { FetchStep, PlanStep } from '../plan/compiled-plan.ts';
import type { JsonObject } from '../plan/json.ts';
import { applyRewrites, rewritePath } from '../plan/rewrites.ts';
import type { ErrorPath } from '../projection/client-paths.ts';
import type { Projection } from '../projection/projection.ts';
import type { ForwardedHeaders, SubgraphRequest } from '../transport/subgraph-transport.ts';
import { runEntityFetch } from './entity-fetch.ts';
import type { EntityLoader } from './entity-loader.ts';
import type { FetchRun, FetchTrace, RunEnvironment } from './fetch-run.ts';
import { cloneJson, mergeInto } from './merge.ts';
import { objectsAt, placesAt } from './places.ts';
import { subgraphRequest } from './subgraph-request.ts';
import type { ExecutionRequest } from './supergraph-executor.ts';
import { failed, type UpstreamAnswer } from './upstream.ts';

/** One request's way through a plan: what subgraphs answered, merged, and what failed. */
export class PlanRun implements FetchRun {
  readonly root: JsonObject = {};
  readonly errors: GraphQLError[] = [];
  readonly loaders = new Map<string, EntityLoader>();
  readonly traces = new Map<FetchStep, FetchTrace>();
  readonly environment: RunEnvironment;
  readonly request: ExecutionRequest;
  readonly headers: ForwardedHeaders;
  readonly #projection: Projection;
  readonly #told = new Set<string>();
  /** Whether no string that was received needs an escape in JSON. */
  plain = true;

  constructor(environment: RunEnvironment, request: ExecutionRequest, projection: Projection) {
    this.environment = environment;
    this.request = request;
    this.headers = request.metrics?.captureTraces
      ? { ...request.headers, 'apollo-federation-include-trace': 'ftv1' }
      : request.headers;
    this.#projection = projection;
  }

  async run(step: PlanStep | undefined): Promise<void> {
    switch (step?.kind) {
      case undefined:
        return;
      case 'sequence':
        for (const each of step.steps) await this.run(each);
        return;
      case 'parallel':
        await Promise.all(step.steps.map((each) => this.run(each)));
        return;
      case 'fetch':
        return step.entities ? runEntityFetch(this, step, step.entities) : this.#runFetch(step);
    }
  }

  async ask(step: FetchStep, request: SubgraphRequest): Promise<UpstreamAnswer> {
    const upstream = this.environment.upstreams.get(step.subgraph);
    const sent = Date.now();
    const answer = upstream ? await upstream(request) : failed([]);
    if (!answer.plain) this.plain = false;
    if (this.request.metrics?.captureTraces) {
      const { ftv1 } = answer.extensions;
      this.traces.set(step, { sent, received: Date.now(), ftv1 });
    }
    return answer;
  }

  /** Takes over the answer to a fetch that is not of entities. */
  take(step: FetchStep, { data, errors }: UpstreamAnswer): void {
    const { types } = this.environment;
    if (data) {
      applyRewrites(step.outputRewrites, data, types);
      for (const [index, object] of objectsAt(this.root, step.path).entries()) {
        mergeInto(object, index === 0 ? data : cloneJson(data), types);
      }
    }
    for (const error of errors) this.#tellAtPlaces(step, error);
  }

  tell(error: GraphQLFormattedError, path: ErrorPath | undefined): void {
    const { message, extensions } = error;
    const shown = path && this.#projection.clientPath(path);
    const same = JSON.stringify([message, extensions, shown]);
    if (this.#told.has(same)) return;
    this.#told.add(same);
    this.errors.push(
      new GraphQLError(message, {
        ...(shown ? { path: shown } : {}),
        ...(extensions ? { extensions } : {}),
      }),
    );
  }

  async #runFetch(step: FetchStep): Promise<void> {
    if (step.path.length > 0 && objectsAt(this.root, step.path).length === 0) return;
    const request = subgraphRequest(step, this.request.variables, this.headers);
    this.take(step, await this.ask(step, request));
    if (step.mutates) this.loaders.clear();
  }

  #tellAtPlaces(step: FetchStep, error: GraphQLFormattedError): void {
    const path = error.path && rewritePath(step.outputRewrites, error.path);
    if (!path) {
      this.tell(error, undefined);
      return;
    }
    for (const place of placesAt(this.root, step.path)) this.tell(error, [...place.path, ...path]);
  }
}
