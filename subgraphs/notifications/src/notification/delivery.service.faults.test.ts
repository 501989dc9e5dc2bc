import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  bundleVictim,
  createFaultProxy,
  eventually,
  everyFrame,
  type KillPoint,
  postgresFramer,
  spawnVictim,
  type VictimBundle,
} from '@eventxperts/faults';
import { knowEvent } from '@eventxperts/subgraph/testing';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eventId, type OpenNotifications, openNotifications } from './notifications.fixture.ts';

const guests = ['lakshmi@example.org', 'ravi@example.org'];
const log = pino({ level: 'silent' });

let open: OpenNotifications;
let bundle: VictimBundle;

beforeAll(async () => {
  [open, bundle] = await Promise.all([
    openNotifications(),
    bundleVictim(join(import.meta.dirname, 'delivery.victim.ts')),
  ]);
  await knowEvent(open.test.sql, {
    eventId,
    organizerId: '01890000-0000-7000-8000-000000000001',
  });
});
afterAll(async () => {
  await open.stop();
  await bundle.remove();
});

const mails = async () =>
  (await readdir(open.folder)).filter((name) => name.endsWith('.eml')).sort();
const rows = () => open.prisma.notification.findMany({ orderBy: { id: 'asc' } });

async function reset(): Promise<void> {
  await open.test.sql.query('truncate notification; truncate platform.outbox');
  for (const file of await readdir(open.folder)) await rm(join(open.folder, file));
  await open.tell(
    ...(await Promise.all(guests.map((email) => open.invited({ name: 'Guest', email })))),
  );
}

/** By the proxy's port, under a name by which its sessions are known. */
function victimUrl(port: number): string {
  const url = new URL(open.test.databaseUrl);
  url.port = String(port);
  url.searchParams.set('application_name', 'victim');
  return url.href;
}

/** The server may still be at the last thing that the dead process asked for. */
const sessionsGone = () =>
  eventually(async () => {
    const { rowCount } = await open.test.sql.query(
      "select 1 from pg_stat_activity where application_name = 'victim'",
    );
    expect(rowCount).toBe(0);
  });

async function expectRowsAndEventsAgree(): Promise<void> {
  const ended = (await rows()).filter(({ status }) => status === 'SENT').map(({ id }) => id);
  expect((await open.published()).map(({ subject }) => subject).sort()).toEqual(ended);
  for (const id of ended) expect(await mails()).toContain(`${id}.eml`);
}

async function deliverAndKill(kill: KillPoint | undefined) {
  await reset();
  const target = Number(new URL(open.test.databaseUrl).port);
  const proxy = await createFaultProxy({ target, framer: postgresFramer, log });
  const work = () =>
    spawnVictim({
      script: bundle.script,
      environment: {
        DATABASE_URL: victimUrl(proxy.port),
        FOLDER: open.folder,
        PRIVATE_KEY: JSON.stringify(open.config.NOTIFICATIONS_PRIVATE_KEY),
      },
      log,
    });
  try {
    const victim = work();
    if (kill) proxy.on(kill.frame, { kind: 'kill', when: kill.when, victim: () => victim });
    await victim.exited;
    const frames = proxy.frames().length;
    const killed = proxy.acted() > 0;
    await sessionsGone();
    await expectRowsAndEventsAgree();
    if (killed) {
      // The lease of the dead process passes.
      await open.prisma.notification.updateMany({ data: { dueAt: new Date(0) } });
      await work().exited;
      await sessionsGone();
    }
    return { frames, killed };
  } finally {
    await proxy.stop();
  }
}

it('has each mail once and tells of each once, wherever the process is killed', async () => {
  const report = await everyFrame(
    async (kill) => {
      const result = await deliverAndKill(kill);
      await expectRowsAndEventsAgree();
      expect(await rows()).toMatchObject([{ status: 'SENT' }, { status: 'SENT' }]);
      expect(await mails()).toHaveLength(2);
      return result;
    },
    { seed: 20_270_214, limit: 60 },
  );
  expect(report.killed).toBeGreaterThan(report.points * 0.9);
});
