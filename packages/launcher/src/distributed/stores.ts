import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
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
    { stdio: ['ignore', 'pipe', 'inherit', 'ipc'], detached: true },
  );
  const ended = once(kafka, 'exit');
  await Promise.race([
    kafka.stdout ? untilAnswers(kafka.stdout) : ended,
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

/**
 * By what the node says of itself: at first its port may be that of the node which a killed run has left
 * behind. What it says before, such as that it is being fetched, is for the user.
 */
async function untilAnswers(output: Readable): Promise<void> {
  for await (const line of createInterface({ input: output })) {
    if (line.startsWith('Kafka answers')) break;
    process.stdout.write(`${line}\n`);
  }
  output.resume();
}
