import { CodedError } from '@eventxperts/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { EntityFetch, FetchStep } from '../plan/compiled-plan.ts';
import { isJsonObject, type JsonObject } from '../plan/json.ts';
import { applyRewrites, rewritePath } from '../plan/rewrites.ts';
import type { TypeNames } from '../plan/type-names.ts';
import {
  type EntityAnswer,
  type EntityBatch,
  EntityLoader,
  type EntitySlot,
} from './entity-loader.ts';
import type { FetchRun } from './fetch-run.ts';
import { cloneJson, mergeInto } from './merge.ts';
import { commonPath, objectsAt, placesAt } from './places.ts';
import { unavailable } from './subgraph-errors.ts';
import { entityRequest } from './subgraph-request.ts';

/** The entities of a fetch with the slots that they wait for. */
type Waiting = Map<JsonObject, EntitySlot>;

/** Asks a subgraph for its fields of every entity at the fetch's path, and merges them there. */
export async function runEntityFetch(
  run: FetchRun,
  step: FetchStep,
  fetch: EntityFetch,
): Promise<void> {
  const waiting = load(run, step, fetch);
  const batches = new Set<EntityBatch>();
  for (const { batch } of waiting.values()) batches.add(batch);
  for (const batch of batches) {
    const answer = await batch.answer;
    mergeEntities(waiting, batch, answer, fetch.shared, run.environment.types);
    if (answer.errors.length > 0) tellErrors(run, step, waiting, batch, answer.errors);
  }
}

function load(run: FetchRun, step: FetchStep, fetch: EntityFetch): Waiting {
  const waiting: Waiting = new Map();
  const loader = loaderOf(run, step, fetch);
  for (const object of objectsAt(run.root, step.path)) {
    if (waiting.has(object)) continue;
    const representation = fetch.represent(object);
    if (representation === undefined) continue;
    waiting.set(object, loader.load(representation, object.__typename));
  }
  return waiting;
}

function loaderOf(run: FetchRun, step: FetchStep, { shareKey }: EntityFetch): EntityLoader {
  const known = run.loaders.get(shareKey);
  if (known) return known;
  const loader = new EntityLoader((texts, typenames) => askEntities(run, step, texts, typenames));
  run.loaders.set(shareKey, loader);
  return loader;
}

async function askEntities(
  run: FetchRun,
  step: FetchStep,
  representations: readonly string[],
  typenames: readonly unknown[],
): Promise<EntityAnswer> {
  const { request: client, headers } = run;
  const request = entityRequest(step, representations, client.variables, headers);
  const { data, errors } = await run.ask(step, request);
  const entities = data?._entities;
  if (Array.isArray(entities) && entities.length === representations.length) {
    if (step.outputRewrites.length > 0) rewriteEntities(run, step, entities, typenames);
    return { entities, errors };
  }
  // Without data there may be only errors; without those, too, the subgraph broke the contract.
  if (errors.length > 0 && (entities === undefined || entities === null)) {
    return { entities: [], errors };
  }
  const fault = new Error(`${representations.length} entities were asked for, other came`);
  run.environment.report({ traceId: headers.traceparent ?? '', error: fault, path: step.subgraph });
  return { entities: [], errors: unavailable(request, new CodedError('UNAVAILABLE')) };
}

/** Rewrites depend on the type, which an answer need not repeat. */
function rewriteEntities(
  run: FetchRun,
  { outputRewrites }: FetchStep,
  entities: readonly unknown[],
  typenames: readonly unknown[],
): void {
  for (const [index, entity] of entities.entries()) {
    if (!isJsonObject(entity)) continue;
    const told = entity.__typename;
    entity.__typename = told ?? typenames[index];
    applyRewrites(outputRewrites, entity, run.environment.types);
    if (told === undefined) delete entity.__typename;
  }
}

/**
 * Places that stand for one entity share what is merged into them: the rest of the plan does the same to
 * each of them. Another fetch that uses the same slot has another rest, so it gets a copy.
 */
function mergeEntities(
  waiting: Waiting,
  batch: EntityBatch,
  { entities }: EntityAnswer,
  shared: boolean,
  types: TypeNames,
): void {
  const copies = new Map<number, unknown>();
  const copyOf = (index: number): unknown => {
    if (!copies.has(index)) copies.set(index, cloneJson(entities[index]));
    return copies.get(index);
  };
  for (const [object, slot] of waiting) {
    if (slot.batch !== batch) continue;
    const entity = shared ? copyOf(slot.index) : entities[slot.index];
    if (isJsonObject(entity)) mergeInto(object, entity, types);
  }
}

/** An entity's error is one at every place where the entity stands. */
function tellErrors(
  run: FetchRun,
  step: FetchStep,
  waiting: Waiting,
  batch: EntityBatch,
  errors: readonly GraphQLFormattedError[],
): void {
  const places = placesAt(run.root, step.path);
  for (const error of errors) {
    const [, index, ...rest] = error.path ?? [];
    if (typeof index !== 'number') {
      if (!batch.errorsTold) run.tell(error, commonPath(step.path));
      continue;
    }
    const path = rewritePath(step.outputRewrites, rest);
    for (const place of places) {
      const slot = waiting.get(place.object);
      if (slot?.batch === batch && slot.index === index) run.tell(error, [...place.path, ...path]);
    }
  }
  batch.errorsTold = true;
}
