import { readFile } from 'node:fs/promises';
import { createPool, type SqlTransaction } from '@eventxperts/database';
import { type TestDatabase, testDatabase } from '@eventxperts/database/testing';
import type { Envelope } from '@eventxperts/messaging';
import { v4 as uuidv4, v7 as uuidv7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { UserCaller } from './caller.ts';
import { createRevocation } from './revocation.ts';
import { userStatusHandlers } from './user-status.ts';

type UserEvent = Envelope<'user.created' | 'user.updated' | 'user.suspended' | 'user.deleted'>;

let server: TestDatabase;
let pool: ReturnType<typeof createPool>;
const database: SqlTransaction = {
  $queryRawUnsafe: vi.fn(async (sql: string, ...values: unknown[]) => {
    const { rows } = await pool.query(sql, values);
    return rows as never;
  }),
  async $executeRawUnsafe(sql, ...values) {
    return (await pool.query(sql, values)).rowCount ?? 0;
  },
};

beforeAll(async () => {
  server = await testDatabase();
  pool = createPool({ url: server.url, max: 4, name: 'user-status-test' });
  await pool.query(await readFile(new URL('../sql/user-status.sql', import.meta.url), 'utf8'));
});
afterAll(async () => {
  await pool.end();
  await server.drop();
});

const common = {
  specversion: '1.0',
  source: 'urn:eventxperts:users',
  datacontenttype: 'application/json',
} as const;

function userEvent(
  id: string,
  sequence: number,
  status: 'ACTIVE' | 'SUSPENDED' | 'DELETED',
  sessionsValidAfter?: string,
): UserEvent {
  const type = status === 'SUSPENDED' ? 'user.suspended' : 'user.updated';
  return {
    ...common,
    type,
    id: uuidv7(),
    subject: id,
    time: new Date().toISOString(),
    dataschema: `urn:eventxperts:event:${type}`,
    sequence,
    data: {
      id,
      email: null,
      displayName: 'Amrutha',
      roles: ['USER'],
      status,
      locale: 'te-IN',
      createdAt: new Date().toISOString(),
      ...(sessionsValidAfter ? { sessionsValidAfter } : {}),
    },
  };
}

function sessionRevoked(id: string, userId: string): Envelope<'session.revoked'> {
  const revokedAt = new Date().toISOString();
  return {
    ...common,
    type: 'session.revoked',
    id: uuidv7(),
    subject: id,
    time: revokedAt,
    dataschema: 'urn:eventxperts:event:session.revoked',
    sequence: 1,
    data: { id, userId, revokedAt },
  };
}

async function handle(...events: Envelope[]) {
  for (const handler of userStatusHandlers()) {
    const wanted = events.filter(({ type }) => handler.types.includes(type));
    if (wanted.length > 0) await handler.handle(database, wanted);
  }
}

const caller = (id: string, more: Partial<UserCaller> = {}): UserCaller => ({
  kind: 'user',
  id,
  roles: [],
  issuer: 'https://issuer.test',
  subject: id,
  issuedAt: new Date(),
  expiresAt: new Date(Date.now() + 300_000),
  profile: {},
  token: '',
  ...more,
});

const isRevoked = (user: UserCaller) => createRevocation({ database, maxAgeMs: 0 }).isRevoked(user);

describe('who may no longer act', () => {
  it('is a suspended user, until reactivated', async () => {
    const id = uuidv4();
    await handle(userEvent(id, 2, 'SUSPENDED'));
    expect(await isRevoked(caller(id))).toBe(true);
    await handle(userEvent(id, 3, 'ACTIVE'));
    expect(await isRevoked(caller(id))).toBe(false);
  });

  it('is a deleted user', async () => {
    const id = uuidv4();
    await handle(userEvent(id, 2, 'DELETED'));
    expect(await isRevoked(caller(id))).toBe(true);
  });

  it('is a session that was ended, and no other of the same user', async () => {
    const [id, session] = [uuidv4(), uuidv4()];
    await handle(sessionRevoked(session, id));
    expect(await isRevoked(caller(id, { sessionId: session }))).toBe(true);
    expect(await isRevoked(caller(id, { sessionId: uuidv4() }))).toBe(false);
  });

  it('is whoever holds a token from before "sign out everywhere"', async () => {
    const id = uuidv4();
    await handle(userEvent(id, 2, 'ACTIVE', '2027-01-01T10:00:00Z'));
    const before = new Date('2027-01-01T09:59:59Z');
    const after = new Date('2027-01-01T10:00:00Z');
    expect(await isRevoked(caller(id, { issuedAt: before }))).toBe(true);
    expect(await isRevoked(caller(id, { issuedAt: after }))).toBe(false);
  });
});

describe('the projection', () => {
  it('is not changed by an older event that comes again', async () => {
    const id = uuidv4();
    const suspended = userEvent(id, 2, 'SUSPENDED');
    await handle(suspended, userEvent(id, 3, 'ACTIVE'));
    await handle(suspended);
    await handle(userEvent(id, 4, 'SUSPENDED'), userEvent(id, 5, 'ACTIVE'));
    expect(await isRevoked(caller(id))).toBe(false);
  });

  it('takes several events of one user in one batch', async () => {
    const id = uuidv4();
    await handle(
      userEvent(id, 2, 'SUSPENDED'),
      userEvent(id, 3, 'ACTIVE'),
      userEvent(id, 4, 'SUSPENDED'),
    );
    expect(await isRevoked(caller(id))).toBe(true);
  });

  it('holds no row for a user who never lost a right', async () => {
    const id = uuidv4();
    await handle(userEvent(id, 1, 'ACTIVE'));
    const { rowCount } = await pool.query('SELECT FROM platform.user_status WHERE user_id = $1', [
      id,
    ]);
    expect(rowCount).toBe(0);
  });
});

describe('the snapshot', () => {
  it('answers a thousand requests with one query', async () => {
    const revocation = createRevocation({ database, maxAgeMs: 60_000 });
    vi.mocked(database.$queryRawUnsafe).mockClear();
    await Promise.all(Array.from({ length: 1_000 }, () => revocation.isRevoked(caller(uuidv4()))));
    expect(database.$queryRawUnsafe).toHaveBeenCalledTimes(1);
  });

  it('knows of a suspension once it is older than allowed', async () => {
    const id = uuidv4();
    const revocation = createRevocation({ database, maxAgeMs: 1_000 });
    vi.useFakeTimers({ toFake: ['Date'] });
    expect(await revocation.isRevoked(caller(id))).toBe(false);
    await handle(userEvent(id, 2, 'SUSPENDED'));
    vi.setSystemTime(Date.now() + 1_000);
    expect(await revocation.isRevoked(caller(id))).toBe(true);
    vi.useRealTimers();
  });

  it('finds a row whose transaction began earlier and committed later than another', async () => {
    const [slow, quick] = [uuidv4(), uuidv4()];
    const revocation = createRevocation({ database, maxAgeMs: 0 });
    const client = await pool.connect();
    await client.query('BEGIN');
    await client.query(
      `INSERT INTO platform.user_status (user_id, status, sequence) VALUES ($1, 'SUSPENDED', 2)`,
      [slow],
    );
    await handle(userEvent(quick, 2, 'SUSPENDED'));
    expect(await revocation.isRevoked(caller(quick))).toBe(true);
    await client.query('COMMIT');
    client.release();
    expect(await revocation.isRevoked(caller(slow))).toBe(true);
  });

  it('lets nobody in when it cannot be read', async () => {
    const broken = createRevocation({
      database: { $queryRawUnsafe: () => Promise.reject(new Error('connection lost')) },
    });
    await expect(broken.isRevoked(caller(uuidv4()))).rejects.toThrow('connection lost');
  });
});
