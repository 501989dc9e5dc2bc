import type { SqlTransaction } from '@eventxperts/database';
import { appendEvent, type DomainEvent } from './outbox/append-event.ts';

/** How a domain tells the current state of one kind of aggregate again. */
export interface RepublishSource<Tx extends SqlTransaction> {
  /**
   * Locks the next `limit` aggregates with a key above `after` in key order, raises the version of each
   * for every event it returns for it (`update … set version = version + 1 … returning`), and returns
   * those events. An empty page ends it. Choose types that tell state, not ones that ask for an effect.
   */
  page(tx: Tx, after: string | undefined, limit: number): Promise<readonly DomainEvent[]>;
}

const pageSize = 200;

/**
 * Appends the current state of every aggregate to the outbox, marked `republished`. A projection that
 * missed history is complete afterwards; one that did not stays as it is. Returns the number of events.
 */
export async function republish<Tx extends SqlTransaction>(
  transact: <R>(run: (tx: Tx) => Promise<R>) => Promise<R>,
  sources: readonly RepublishSource<Tx>[],
): Promise<number> {
  let events = 0;
  for (const source of sources) {
    let after: string | undefined;
    do {
      const page = await transact((tx) => republishPage(tx, source, after));
      events += page.count;
      after = page.last;
    } while (after !== undefined);
  }
  return events;
}

async function republishPage<Tx extends SqlTransaction>(
  tx: Tx,
  source: RepublishSource<Tx>,
  after: string | undefined,
): Promise<{ count: number; last: string | undefined }> {
  const page = await source.page(tx, after, pageSize);
  for (const event of page) await appendEvent(tx, { ...event, republished: true });
  return { count: page.length, last: page.at(-1)?.key };
}
