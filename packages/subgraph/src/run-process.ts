import { StartError } from '@eventxperts/errors';

interface Running {
  stop(): Promise<void>;
}

const stopWithinMs = 10_000;

/**
 * Runs one service as a process of its own: a refusal to start is one line and exit code 1, SIGTERM
 * and SIGINT stop it in order, and a second one, or ten seconds, end it at once.
 */
export async function runProcess(start: () => Promise<Running>): Promise<void> {
  try {
    const running = await start();
    let stopping = false;
    const stop = () => {
      if (stopping) process.exit(1);
      stopping = true;
      setTimeout(() => process.exit(1), stopWithinMs).unref();
      running.stop().then(
        () => process.exit(0),
        (error: unknown) => refuse(error),
      );
    };
    process.on('SIGINT', stop).on('SIGTERM', stop);
  } catch (error) {
    refuse(error);
  }
}

function refuse(error: unknown): never {
  const shown =
    error instanceof StartError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`${shown}\n`);
  process.exit(1);
}
