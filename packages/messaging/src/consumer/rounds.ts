import type { SqlTransaction } from '@eventxperts/database';
import type { Envelope } from '../envelope.ts';
import type { EventHandler } from './handler.ts';

/** Envelopes that one set of handlers may take together. */
export interface Round<Tx extends SqlTransaction> {
  readonly handlers: readonly EventHandler<Tx>[];
  readonly envelopes: Envelope[];
}

/**
 * Groups envelopes into as few handler calls as keep the order of every key: an envelope joins the
 * first round for its handlers that does not come before the round of its key's previous envelope.
 */
export function inRounds<Tx extends SqlTransaction>(
  envelopes: readonly Envelope[],
  handlers: readonly EventHandler<Tx>[],
): Round<Tx>[] {
  const rounds: Round<Tx>[] = [];
  const lastRound = new Map<string, number>();
  for (const envelope of envelopes) {
    const takers = handlers.filter(({ types }) => types.includes(envelope.type));
    const earliest = lastRound.get(envelope.subject) ?? 0;
    const found = rounds.findIndex((round, at) => at >= earliest && isSame(round.handlers, takers));
    const at = found === -1 ? rounds.length : found;
    const round = rounds[at] ?? { handlers: takers, envelopes: [] };
    rounds[at] = round;
    round.envelopes.push(envelope);
    lastRound.set(envelope.subject, at);
  }
  return rounds;
}

const isSame = <T>(some: readonly T[], others: readonly T[]): boolean =>
  some.length === others.length && some.every((one, at) => one === others[at]);
