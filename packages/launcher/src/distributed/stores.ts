import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startEmbeddedPostgres } from '@eventxperts/database';
import { StartError } from '@eventxperts/errors';
import type { Logger } from 'pino';
import { kafkaScript } from '../repository.ts';

interface Stoppable {
  stop(): Promise<void>;
}

export interface Databases extends Stoppable {
  urlFor(name: string): string;
}

export interface Broker extends Stoppable {
  readonly brokers: string;
}

const nothingToStop = async (): Promise<void> => undefined;

/** The server that `DATABASE_URL` names, a database a domain; or one of ours. */
export async function openDatabases(
  url: string | undefined,
  dataDir: string,
  log: Logger,
): Promise<Databases> {
  if (url === undefined) {
    return startEmbeddedPostgres({ dataDir: join(dataDir, 'postgres'), log });
  }
  return {
    urlFor(name) {
      const database = new URL(url);
      database.pathname = `/${name}`;
      return database.href;
    },
    stop: nothingToStop,
  };
}

/** The brokers that `KAFKA_BROKERS` names; or a node of ours, which needs Java and Maven. */
export async function openBroker(
  brokers: string | undefined,
  port: number,
  dataDir: string,
): Promise<Broker> {
  if (brokers !== undefined) return { brokers, stop: nothingToStop };
  const kafka = spawn(
    process.execPath,
    [kafkaScript, '--port', String(port), '--data', join(dataDir, 'kafka')],
    { stdio: ['ignore', 'ignore', 'inherit'], detached: true },
  );
  const ended = once(kafka, 'exit');
  await Promise.race([
    listening(port),
    ended.then(() => {
      throw new StartError(
        'Kafka could not be started: set KAFKA_BROKERS, or install Java and Maven.',
      );
    }),
  ]);
  return {
    brokers: `127.0.0.1:${port}`,
    async stop() {
      kafka.kill('SIGTERM');
      await ended;
    },
  };
}

async function listening(port: number): Promise<void> {
  const answers = () =>
    new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.destroy();
        resolve(true);
      }).once('error', () => resolve(false));
    });
  while (!(await answers())) await wait(200);
}
