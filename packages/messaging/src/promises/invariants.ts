import type { Pool } from 'pg';
import { expect } from 'vitest';
import { firstOccurrences, type LoggedEvent, loggedEvent } from './logged-event.ts';
import type { ThingState } from './plan.ts';

/**
 * Promises 1 and 3: each change of each thing has exactly one event, in order and without a gap, the
 * last of them tells the present state, and no event speaks of anything else.
 */
export function expectEventsOf(things: readonly ThingState[], log: readonly LoggedEvent[]): void {
  const events = firstOccurrences(log);
  const versions: Record<string, number[]> = {};
  for (const { key, version } of events) versions[key] = [...(versions[key] ?? []), version];
  expect(versions).toEqual(
    Object.fromEntries(things.map(({ id, version }) => [id, upTo(version)])),
  );
  for (const { id, value } of things) {
    expect(events.findLast(({ key }) => key === id)?.value).toBe(value);
  }
}

const upTo = (version: number) => Array.from({ length: version }, (_, index) => index + 1);

export async function thingsOf(sql: Pool): Promise<ThingState[]> {
  const { rows } = await sql.query<ThingState>(
    'select id, version::int, value from thing order by id',
  );
  return rows;
}

export async function outboxOf(sql: Pool): Promise<LoggedEvent[]> {
  const { rows } = await sql.query<{ body: string }>(
    'select body from platform.outbox order by seq',
  );
  return rows.map(({ body }) => loggedEvent(body));
}

/**
 * Promises 2 and 3 on the other side: the projection is where the things are, and every event was
 * applied once, in its turn.
 */
export async function expectSeenOnce(sql: Pool, things: readonly ThingState[]): Promise<void> {
  const { rows } = await sql.query(
    'select id, version::int, value, applied_count, out_of_turn from seen order by id',
  );
  expect(rows).toEqual(
    things.map((thing) => ({ ...thing, applied_count: thing.version, out_of_turn: 0 })),
  );
}

export async function projectionOf(sql: Pool): Promise<ThingState[]> {
  const { rows } = await sql.query<ThingState>(
    'select id, version::int, value from seen order by id',
  );
  return rows;
}
