import { z } from 'zod';
import { defaultLimits, type OperationLimits } from './operation/limits.ts';

export interface GatewayConfig {
  readonly host: string;
  /** 0 takes any free port; see `url`. */
  readonly port: number;
  /** Origins of browsers that may read answers. `*` is safe: no cookie opens anything on `/graphql`. */
  readonly corsOrigins: '*' | readonly string[];
  readonly introspection: boolean;
  /** The pages at `/` and `/graphiql`. */
  readonly explorer: boolean;
  readonly limits: OperationLimits;
  /** Bytes of a GraphQL request's body, and of one WebSocket message. */
  readonly maxBodyBytes: number;
  readonly maxOperationsPerSocket: number;
  /** Milliseconds within which a socket must say `connection_init`. */
  readonly connectionInitTimeoutMs: number;
  /** Milliseconds that requests under way are given at the stop. */
  readonly drainMs: number;
  /** Apollo Studio's usage reporting; on when both are set. */
  readonly apollo: { readonly key?: string; readonly graphRef?: string };
}

export const defaultConfig: GatewayConfig = {
  host: '127.0.0.1',
  port: 4000,
  corsOrigins: '*',
  introspection: true,
  explorer: true,
  limits: defaultLimits,
  maxBodyBytes: 1_000_000,
  maxOperationsPerSocket: 100,
  connectionInitTimeoutMs: 3_000,
  drainMs: 5_000,
  apollo: {},
};

const port = z.coerce.number().int().min(0).max(65_535);
const flag = z.enum(['true', 'false']).transform((value) => value === 'true');
const count = z.coerce.number().int().min(1);
const origin = z.url({ protocol: /^https?$/ }).transform((url) => new URL(url).origin);
const origins = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.union([z.tuple([z.literal('*')]).transform(() => '*' as const), z.array(origin)]));

/** The gateway's own part of the environment; each variable is a row of the README's table. */
export const gatewayEnvironment = z.object({
  HOST: z.string().min(1).default(defaultConfig.host),
  PORT: port.default(defaultConfig.port),
  CORS_ORIGINS: origins.default('*'),
  INTROSPECTION: flag.default(true),
  EXPLORER: flag.default(true),
  MAX_DEPTH: count.default(defaultLimits.maxDepth),
  MAX_TOKENS: count.default(defaultLimits.maxTokens),
  MAX_ALIASES: count.default(defaultLimits.maxAliases),
  MAX_ROOT_FIELDS: count.default(defaultLimits.maxRootFields),
  MAX_FIELDS: count.default(defaultLimits.maxFields),
  APOLLO_KEY: z.string().min(1).optional(),
  APOLLO_GRAPH_REF: z.string().min(1).optional(),
});

export function gatewayConfigFrom(environment: z.output<typeof gatewayEnvironment>): GatewayConfig {
  const { APOLLO_KEY, APOLLO_GRAPH_REF } = environment;
  return {
    ...defaultConfig,
    host: environment.HOST,
    port: environment.PORT,
    corsOrigins: environment.CORS_ORIGINS,
    introspection: environment.INTROSPECTION,
    explorer: environment.EXPLORER,
    limits: {
      maxDepth: environment.MAX_DEPTH,
      maxTokens: environment.MAX_TOKENS,
      maxAliases: environment.MAX_ALIASES,
      maxRootFields: environment.MAX_ROOT_FIELDS,
      maxFields: environment.MAX_FIELDS,
    },
    apollo: {
      ...(APOLLO_KEY === undefined ? {} : { key: APOLLO_KEY }),
      ...(APOLLO_GRAPH_REF === undefined ? {} : { graphRef: APOLLO_GRAPH_REF }),
    },
  };
}
