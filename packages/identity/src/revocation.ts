import type { SqlTransaction } from '@eventxperts/database';
import { z } from 'zod';
import type { UserCaller } from './caller.ts';

export interface RevocationConfig {
  /** The domain's client; the snapshot is read from its own `platform` tables. */
  readonly database: Pick<SqlTransaction, '$queryRawUnsafe'>;
  /** How old the snapshot may be when a request is answered by it. One second unless told. */
  readonly maxAgeMs?: number;
}

export interface Revocation {
  isRevoked(caller: UserCaller): Promise<boolean>;
}

/** No access token of ours (5 minutes) or of Auth0 (24 hours unless changed) is older. */
const longestTokenLifeMs = 25 * 3_600_000;

/** A row is dated before its transaction commits; reading this much again finds what became visible late. */
const commitLagMs = 60_000;

const changesSince = `
  SELECT 'user' AS kind, user_id::text AS id, status, sessions_valid_after, changed_at
  FROM platform.user_status WHERE changed_at > $1::timestamptz
  UNION ALL
  SELECT 'session', session_id, NULL, NULL, changed_at
  FROM platform.revoked_session
  WHERE changed_at > greatest($1::timestamptz, now() - interval '25 hours')`;

const changes = z.array(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('user'),
      id: z.string(),
      status: z.enum(['ACTIVE', 'SUSPENDED', 'DELETED']),
      sessions_valid_after: z.date().nullable(),
      changed_at: z.date(),
    }),
    z.object({ kind: z.literal('session'), id: z.string(), changed_at: z.date() }),
  ]),
);

type Change = z.infer<typeof changes>[number];

/**
 * Tells whether a verified token's user was suspended or deleted, or its session revoked, from a
 * snapshot in memory. The first request that finds the snapshot older than `maxAgeMs` waits for one
 * small query, and all that come meanwhile wait for the same one: under load that is a query a
 * second, idle it is none, and every replica knows of a revocation `maxAgeMs` after its handler
 * committed. When the database cannot be read the request fails: nobody is let in on old knowledge.
 */
export function createRevocation({ database, maxAgeMs = 1_000 }: RevocationConfig): Revocation {
  const barredUsers = new Set<string>();
  const validAfter = new Map<string, Date>();
  const revokedSessions = new Map<string, Date>();
  let newest = new Date(0);
  let freshUntil = 0;
  let refreshing: Promise<void> | undefined;

  function apply(change: Change): void {
    if (change.changed_at > newest) newest = change.changed_at;
    if (change.kind === 'session') {
      revokedSessions.set(change.id, change.changed_at);
      return;
    }
    if (change.status === 'ACTIVE') barredUsers.delete(change.id);
    else barredUsers.add(change.id);
    if (change.sessions_valid_after) validAfter.set(change.id, change.sessions_valid_after);
    else validAfter.delete(change.id);
  }

  function forgetOldSessions(): void {
    for (const [id, since] of revokedSessions) {
      if (since.getTime() > Date.now() - longestTokenLifeMs) return;
      revokedSessions.delete(id);
    }
  }

  async function refresh(): Promise<void> {
    const started = Date.now();
    const since = new Date(newest.getTime() - commitLagMs);
    for (const change of changes.parse(await database.$queryRawUnsafe(changesSince, since))) {
      apply(change);
    }
    forgetOldSessions();
    freshUntil = started + maxAgeMs;
  }

  async function ensureFresh(): Promise<void> {
    if (Date.now() < freshUntil) return;
    refreshing ??= refresh().finally(() => {
      refreshing = undefined;
    });
    await refreshing;
  }

  return {
    async isRevoked({ id, sessionId, issuedAt }) {
      await ensureFresh();
      const after = validAfter.get(id);
      return (
        barredUsers.has(id) ||
        (after !== undefined && issuedAt < after) ||
        (sessionId !== undefined && revokedSessions.has(sessionId))
      );
    },
  };
}
