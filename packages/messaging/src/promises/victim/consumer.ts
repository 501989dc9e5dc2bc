import { createPool, type SqlTransaction } from '@eventxperts/database';
import type { Logger } from 'pino';
import { defineHandler } from '../../consumer/handler.ts';
import type { Envelope } from '../../envelope.ts';
import { createMessaging, type Messaging } from '../../messaging.ts';
import type { OrderFor } from './environment.ts';
import { openBus } from './open-bus.ts';
import { pgTransact } from './pg-transact.ts';
import { seeThings } from './seen.ts';

/** The consuming domain; its group has the same name. */
export const consumerGroup = 'analytics';

/** Projects things until it is killed. */
export async function consume(order: OrderFor<'consumer'>, log: Logger): Promise<void> {
  const messaging = await reader(order, log, (tx, envelopes) => {
    for (const { id, data } of envelopes) {
      if (data.displayName === order.poison) {
        process.send?.({ tried: id });
        throw new Error('This value is poison.');
      }
    }
    return seeThings(tx, envelopes);
  });
  await messaging.start();
}

/** Applies what is parked, by a handler without the fault, while new events arrive. */
export async function redrive(order: OrderFor<'redriver'>, log: Logger): Promise<void> {
  const messaging = await reader(order, log, seeThings);
  await messaging.start();
  process.send?.({ redriven: await messaging.redrive() });
}

async function reader(
  { databaseUrl, bus: address }: Pick<OrderFor<'consumer'>, 'databaseUrl' | 'bus'>,
  log: Logger,
  handle: (tx: SqlTransaction, envelopes: readonly Envelope<'user.updated'>[]) => Promise<void>,
): Promise<Messaging> {
  const bus = await openBus(address, log);
  const transact = pgTransact(createPool({ url: databaseUrl, max: 2, name: 'consumer' }));
  await bus.start();
  return createMessaging<SqlTransaction>({
    domain: consumerGroup,
    databaseUrl,
    transact,
    bus,
    handlers: [defineHandler<'user.updated'>('user.updated', handle)],
    log,
  });
}
