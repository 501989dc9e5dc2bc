import { afterAll, beforeAll, expect, it } from 'vitest';
import { endDelivery } from './notification.event.ts';
import { allDeliveriesAgain } from './notification.republish.ts';
import { type OpenNotifications, openNotifications } from './notifications.fixture.ts';

let open: OpenNotifications;
beforeAll(async () => {
  open = await openNotifications();
});
afterAll(() => open.stop());

it('tells how each delivery ended, and nothing of those that have not', async () => {
  const guest = { name: 'Lakshmi', email: 'lakshmi@example.org' };
  await open.tell(...(await Promise.all([1, 2, 3].map(() => open.invited(guest)))));
  const [sent, failed] = await open.prisma.notification.findMany({ orderBy: { id: 'asc' } });
  if (!sent || !failed) throw new Error('The invitations were not queued.');
  await open.store.transaction(async (tx) => {
    await endDelivery(tx, sent, { status: 'SENT' });
    await endDelivery(tx, failed, { status: 'FAILED', failure: 'Refused.' });
  });

  const page = (after?: string) =>
    open.store.transaction((tx) => allDeliveriesAgain.page(tx, after, 10));
  expect(await page()).toMatchObject([
    { type: 'notification.sent', key: sent.id, version: 2n, data: { status: 'SENT' } },
    { type: 'notification.failed', key: failed.id, data: { failure: 'Refused.' } },
  ]);
  expect(await page(failed.id)).toEqual([]);
});
