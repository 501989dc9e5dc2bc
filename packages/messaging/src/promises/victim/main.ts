import { pino } from 'pino';
import { consume, redrive } from './consumer.ts';
import { readOrder } from './environment.ts';
import { relay, republish } from './publish.ts';
import { write } from './writer.ts';

/** A process that lives to be killed, and not longer than the test that started it. */
process.on('disconnect', () => process.exit());
process.channel?.unref();

const log = pino({ level: 'debug' });
const order = readOrder(process.env);
switch (order.role) {
  case 'writer':
    await write(order);
    break;
  case 'relay':
    await relay(order, log);
    break;
  case 'republisher':
    await republish(order, log);
    break;
  case 'consumer':
    await consume(order, log);
    break;
  case 'redriver':
    await redrive(order, log);
    break;
}
