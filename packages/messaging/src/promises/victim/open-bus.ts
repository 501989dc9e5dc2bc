import type { Logger } from 'pino';
import type { EventBus } from '../../bus/event-bus.ts';
import { createPostgresBus } from '../../bus/postgres/postgres-bus.ts';
import { victimTopics } from './bus-topics.ts';
import type { BusAddress } from './environment.ts';
import { prefixedBus } from './prefixed-bus.ts';

/** The product's own bus, on topics that are this run's alone. */
export async function openBus(address: BusAddress, log: Logger): Promise<EventBus> {
  switch (address.kind) {
    case 'postgres':
      return createPostgresBus({ url: address.url, log, topics: victimTopics() });
    case 'kafka': {
      const { createKafkaBus } = await import('../../kafka.ts');
      const { brokers, prefix } = address;
      const topics = victimTopics(prefix);
      return prefixedBus(createKafkaBus({ brokers, clientId: 'victim', log, topics }), prefix);
    }
  }
}
