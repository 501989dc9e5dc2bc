import type { Pool } from 'pg';
import type { Bell } from '../../bell.ts';
import type { SessionConnection } from '../../postgres/keep-session.ts';
import type { Member } from './member.ts';
import { laggingGroups } from './offsets.ts';

/** Members of this process, and which of them hold their group on the session's advisory locks. */
export interface Groups {
  /** Runs on a fresh session: claims groups and wakes members until the signal aborts. */
  serve(connection: SessionConnection, signal: AbortSignal): Promise<void>;
  join(member: Member): void;
  /** Waits for the batch in hand, then frees the group for another member. */
  leave(member: Member): Promise<void>;
  /** Wakes members that read one of the topics. */
  ring(topics: readonly string[]): void;
}

interface Holding {
  readonly stop: AbortController;
  readonly delivering: Promise<void>;
}

const sweepEvery = 1_000;
const lockKey = `hashtextextended('bus group ' || $1, 0)`;

export function createGroups(pool: Pool, bell: Bell): Groups {
  const members = new Set<Member>();
  const held = new Map<Member, Holding>();
  let session: SessionConnection | undefined;

  /** A session's own lock is granted to it again, so members of one process exclude each other here. */
  const isTaken = (group: string): boolean => [...held.keys()].some((one) => one.group === group);

  async function claimGroups(connection: SessionConnection, signal: AbortSignal): Promise<void> {
    for (const member of members) {
      if (isTaken(member.group)) continue;
      const { rows } = await connection.query<{ granted: boolean }>(
        `select pg_try_advisory_lock(${lockKey}) as granted`,
        [member.group],
      );
      if (rows[0]?.granted && !signal.aborted) hold(member, signal);
    }
  }

  function hold(member: Member, lost: AbortSignal): void {
    const stop = new AbortController();
    const delivering = member.deliver(AbortSignal.any([stop.signal, lost]));
    held.set(member, { stop, delivering });
  }

  async function sweep(): Promise<void> {
    const lagging = await laggingGroups(
      pool,
      [...held.keys()].map(({ group }) => group),
    );
    for (const member of held.keys()) if (lagging.has(member.group)) member.ring();
  }

  /** Another process may hold the groups by now: nothing is delivered once the session is gone. */
  async function dropAll(): Promise<void> {
    const ending = [...held.values()].map(({ delivering }) => delivering);
    await Promise.all(ending);
    held.clear();
  }

  return {
    async serve(connection, signal) {
      session = connection;
      try {
        while (!signal.aborted) {
          await claimGroups(connection, signal);
          if (held.size > 0) await sweep();
          await bell.wait(sweepEvery, signal);
        }
      } finally {
        session = undefined;
        await dropAll();
      }
    },
    join(member) {
      members.add(member);
      bell.ring();
    },
    async leave(member) {
      members.delete(member);
      const holding = held.get(member);
      if (!holding) return;
      holding.stop.abort();
      await holding.delivering;
      if (held.get(member) !== holding) return;
      await session?.query(`select pg_advisory_unlock(${lockKey})`, [member.group]);
      held.delete(member);
    },
    ring(topics) {
      for (const member of held.keys()) {
        if (topics.some((topic) => member.topics.includes(topic))) member.ring();
      }
    },
  };
}
