import { createGateway, createHttpTransport } from '@eventxperts/gateway';
import { pino } from 'pino';
import { measure } from './measured-gateway.ts';

measure(async ({ supergraphSdl, addresses }) => {
  const transports = Object.entries(addresses).map(
    ([name, url]) => [name, createHttpTransport({ url })] as const,
  );
  const gateway = createGateway({
    config: { port: 0, explorer: false },
    supergraphSdl,
    transports: Object.fromEntries(transports),
    // The reference verifies nobody either; what a verifier costs is measured with identity.
    verifier: { verify: async () => ({ kind: 'anonymous' }) },
    log: pino({ level: 'warn' }),
  });
  await gateway.start();
  return `${gateway.url}/graphql`;
});
