import { StartError } from '@eventxperts/errors';

interface Running {
  stop(): Promise<void>;
}

const stopWithinMs = 10_000;

/**
 * Runs one service as a process of its own. A refusal to start is one line and exit code 1. SIGTERM
 * and SIGINT stop it in order, also while it starts; a second one, or ten seconds, end it at once.
 */
export async function runProcess(start: () => Promise<Running>): Promise<void> {
  let stopping = false;
  const stop = async () => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), stopWithinMs).unref();
    await running.then((service) => service.stop());
    process.exit(0);
  };
  const onSignal = () => {
    stop().catch(refuse);
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal);
  const running = start();
  await running.catch(refuse);
}

function refuse(error: unknown): never {
  const shown =
    error instanceof StartError ? error.message : error instanceof Error ? error.stack : error;
  process.stderr.write(`${shown}\n`);
  process.exit(1);
}
