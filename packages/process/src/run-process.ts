import { StartError } from '@eventxperts/errors';

interface Running {
  stop(): Promise<void>;
}

interface RunOptions {
  /** After this the process ends whatever is still open. */
  readonly stopWithinMs?: number;
}

/** `npm start` passes a Ctrl-C on to us that the terminal has sent us already. */
const sameSignalMs = 500;

/**
 * Runs one service as a process of its own. A refusal to start is one line and exit code 1. SIGTERM,
 * SIGINT and the end of a parent that opened an IPC channel stop it in order, also while it starts; a
 * second signal, or ten seconds, end it at once.
 */
export async function runProcess(
  start: () => Promise<Running>,
  { stopWithinMs = 10_000 }: RunOptions = {},
): Promise<void> {
  let stoppingSince: number | undefined;
  const stop = async () => {
    if (stoppingSince !== undefined) {
      if (performance.now() - stoppingSince > sameSignalMs) process.exit(1);
      return;
    }
    stoppingSince = performance.now();
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await running.then((service) => service.stop());
    process.exit(0);
  };
  const onEnd = () => {
    stop().catch(refuse);
  };
  process.on('SIGINT', onEnd).on('SIGTERM', onEnd).on('disconnect', onEnd);
  const running = start();
  await running.catch(refuse);
}

function refuse(error: unknown): never {
  const shown =
    error instanceof StartError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`${shown}\n`);
  process.exit(1);
}
