import { domains } from '../domains.ts';

/** One process of the distributed run. */
export interface Service {
  readonly name: string;
  /** The folder whose `dist/main.js` it runs. */
  readonly workspace: string;
  readonly port: number;
  readonly environment: Readonly<Record<string, string>>;
}

export interface Outside {
  readonly port: number;
  readonly databaseUrl: (name: string) => string;
  readonly kafkaBrokers: string | undefined;
  readonly outboxDir: string;
  readonly keys: Readonly<Record<string, string>>;
}

/** Which secrets a service is given; it gets no other. */
const secretsOf: Readonly<Record<string, readonly string[]>> = {
  users: ['OIDC_SIGNING_KEYS', 'OIDC_COOKIE_KEYS'],
  invitations: ['GUEST_SIGNING_KEY', 'INVITATION_CODE_KEY', 'NOTIFICATIONS_PUBLIC_KEY'],
  notifications: ['NOTIFICATIONS_PRIVATE_KEY'],
  gateway: ['GATEWAY_SIGNING_KEY'],
};

/** Nine subgraphs on the ports after the gateway's. */
export function subgraphServices(outside: Outside): Service[] {
  return domains.map(({ name }, index) => ({
    name,
    workspace: `subgraphs/${name}`,
    port: outside.port + 1 + index,
    environment: {
      ...shared(outside),
      ...secrets(name, outside),
      DATABASE_URL: outside.databaseUrl(name),
      POOL_SIZE: '5',
      MAIL_OUTBOX_DIR: outside.outboxDir,
      ...(outside.kafkaBrokers
        ? { KAFKA_BROKERS: outside.kafkaBrokers }
        : { BUS_DATABASE_URL: outside.databaseUrl('bus') }),
    },
  }));
}

export const gatewayService = (outside: Outside, subgraphs: readonly Service[]): Service => ({
  name: 'gateway',
  workspace: 'gateway',
  port: outside.port,
  environment: {
    ...shared(outside),
    ...secrets('gateway', outside),
    ...Object.fromEntries(
      subgraphs.map(({ name, port }) => [
        `SUBGRAPH_URL_${name.toUpperCase()}`,
        `http://127.0.0.1:${port}/graphql`,
      ]),
    ),
  },
});

function shared({ port, keys }: Outside): Record<string, string> {
  const usersPort = port + 1 + domains.findIndex(({ name }) => name === 'users');
  return {
    PUBLIC_URL: `http://localhost:${port}`,
    PLATFORM_JWKS: keys.PLATFORM_JWKS ?? '',
    AUTH_JWKS_URL: `http://127.0.0.1:${usersPort}/public/oidc/jwks`,
    INVITATION_LINK: `http://localhost:${port}/invitations/rsvp/{code}`,
    LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn',
  };
}

const secrets = (name: string, { keys }: Outside): Record<string, string> =>
  Object.fromEntries((secretsOf[name] ?? []).map((key) => [key, keys[key] ?? '']));
