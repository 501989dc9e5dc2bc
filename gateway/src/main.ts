import { runProcess } from '@eventxperts/process';
import { gatewayFromEnvironment } from './gateway-from-environment.ts';

/** The gateway as a process of its own. */
await runProcess(async () => {
  const gateway = await gatewayFromEnvironment(process.env);
  await gateway.start();
  process.stdout.write(`Gateway ready at ${gateway.url}/graphql\n`);
  return gateway;
});
