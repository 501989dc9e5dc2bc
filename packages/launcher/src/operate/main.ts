import { join, resolve } from 'node:path';
import { findRunningPostgres } from '@eventxperts/database';
import { StartError } from '@eventxperts/errors';
import { identityEnvironment, verifierFrom } from '@eventxperts/identity';
import type { EventBus, Messaging } from '@eventxperts/messaging';
import { parseEnvironment } from '@eventxperts/process';
import { pino } from 'pino';
import { openDatabases } from '../distributed/stores.ts';
import { domains } from '../domains.ts';
import { openKeys } from '../standalone/keys.ts';
import { help, type Options, readOptions } from './options.ts';

const log = pino({ level: 'warn' }, pino.destination(2));

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (!options) {
    process.stdout.write(help);
    return;
  }
  const dataDir = resolve(process.env.DATA_DIR ?? '.data');
  const databaseUrl = await databases(dataDir);
  const keys = process.env.DATABASE_URL ? {} : await openKeys(dataDir);
  const environment = { MAIL_OUTBOX_DIR: dataDir, ...keys, ...process.env };
  for (const name of options.domains) {
    const domain = domains.find((known) => known.name === name);
    const { service } =
      domain?.create({
        environment,
        databaseUrl: databaseUrl(name),
        poolSize: 2,
        bus: noBus,
        verifier: verifierFrom(parseEnvironment(identityEnvironment, environment)),
        log,
      }) ?? {};
    if (!service) continue;
    await carryOut(name, service.messaging, options);
    await service.stop();
  }
}

const databases = async (dataDir: string): Promise<(name: string) => string> =>
  process.env.DATABASE_URL
    ? (await openDatabases(process.env.DATABASE_URL, dataDir, log)).urlFor
    : findRunningPostgres(join(dataDir, 'postgres'));

async function carryOut(
  domain: string,
  messaging: Messaging,
  { command, topic, key, seq }: Options,
): Promise<void> {
  switch (command) {
    case 'parked':
      for (const message of await messaging.parked()) {
        const reason = message.error ?? 'waits behind another of its key';
        say(
          `${domain} seq ${message.seq} ${message.topic} ${message.key} v${message.version}: ${reason}`,
        );
      }
      return;
    case 'redrive': {
      const applied = await messaging.redrive({
        ...(topic ? { topic } : {}),
        ...(key ? { key } : {}),
      });
      const left = (await messaging.parked()).length;
      return say(`${domain}: ${applied} handled, ${left} still parked.`);
    }
    case 'discard':
      return say(
        seq !== undefined && (await messaging.discardParked(seq))
          ? `${domain}: message ${seq} is given up.`
          : `${domain}: there is no parked message ${seq}.`,
      );
    case 'republish':
      return say(`${domain}: ${await messaging.republish()} events are on their way.`);
    default:
      return command satisfies never;
  }
}

/** What is appended here is published by the relay of the running system. */
const noBus: EventBus = {
  start: async () => undefined,
  stop: async () => undefined,
  ready: async () => false,
  publish: () => Promise.reject(new Error('Commands do not publish.')),
  subscribe: () => Promise.reject(new Error('Commands do not consume.')),
};

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  const shown = error instanceof StartError ? error.message : error;
  process.stderr.write(`${shown instanceof Error ? shown.stack : shown}\n`);
  process.exitCode = 1;
});
