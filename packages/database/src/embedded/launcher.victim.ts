// A launcher in a process of its own, for tests that kill it: prints the server's address and waits.
import process from 'node:process';
import { StartError } from '@eventxperts/errors';
import { pino } from 'pino';
import { startEmbeddedPostgres } from './start-embedded-postgres.ts';

const [dataDir = '', onInterrupt] = process.argv.slice(2);

try {
  const log = pino({ level: 'silent' });
  const server = await startEmbeddedPostgres({ dataDir, log, durability: 'throw-away' });
  process.once('SIGINT', async () => {
    if (onInterrupt !== 'exit-at-once') await server.stop();
    process.exit(0);
  });
  process.stdout.write(`${JSON.stringify({ pid: server.pid, url: server.urlFor('postgres') })}\n`);
  process.stdin.resume();
} catch (error) {
  process.stdout.write(
    `${JSON.stringify({ refused: error instanceof StartError && error.message })}\n`,
  );
  process.exit(1);
}
