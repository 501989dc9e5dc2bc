import { createPool, type SqlTransaction } from '@eventxperts/database';
import type { Logger } from 'pino';
import { createMessaging, type Messaging } from '../../messaging.ts';
import type { OrderFor } from './environment.ts';
import { openBus } from './open-bus.ts';
import { pgTransact } from './pg-transact.ts';
import { thingSource } from './thing-source.ts';

/** Publishes the outbox until it is killed. */
export async function relay(order: OrderFor<'relay'>, log: Logger): Promise<void> {
  await (await publisher(order, log)).start();
}

/** Tells the present state of every thing again, then publishes it until it is killed. */
export async function republish(order: OrderFor<'republisher'>, log: Logger): Promise<void> {
  const messaging = await publisher(order, log);
  process.send?.({ republished: await messaging.republish() });
  await messaging.start();
}

async function publisher(
  { databaseUrl, bus: address }: Pick<OrderFor<'relay'>, 'databaseUrl' | 'bus'>,
  log: Logger,
): Promise<Messaging> {
  const bus = await openBus(address, log);
  const transact = pgTransact(createPool({ url: databaseUrl, max: 1, name: 'publisher' }));
  await bus.start();
  return createMessaging<SqlTransaction>({
    domain: 'users',
    databaseUrl,
    transact,
    bus,
    handlers: [],
    republish: [thingSource],
    log,
  });
}
