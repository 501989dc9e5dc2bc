import { StartError } from '@eventxperts/errors';
import { gatewayFromEnvironment } from './gateway-from-environment.ts';

/** The gateway as a process of its own. */
async function main(): Promise<void> {
  const gateway = await gatewayFromEnvironment(process.env);
  const stop = () => void gateway.stop().then(() => process.exit(0));
  process.once('SIGTERM', stop).once('SIGINT', stop);
  await gateway.start();
  process.stdout.write(`Gateway ready at ${gateway.url}/graphql\n`);
}

main().catch((error: unknown) => {
  const text = error instanceof StartError ? error.message : ((error as Error).stack ?? error);
  process.stderr.write(`${text}\n`);
  process.exit(1);
});
