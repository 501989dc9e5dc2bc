import { join, resolve } from 'node:path';
import { parseEnvironment } from '@eventxperts/process';
import { z } from 'zod';

const standaloneEnvironment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number().int().min(1).max(65_535).default(4000),
  DATA_DIR: z
    .string()
    .min(1)
    .default('.data')
    .transform((folder) => resolve(folder)),
  LOG_LEVEL: z.enum(['silent', 'fatal', 'error', 'warn', 'info', 'debug']).default('warn'),
  /** `false` leaves an empty data folder empty. */
  DEMO: z
    .enum(['true', 'false'])
    .default('true')
    .transform((flag) => flag === 'true'),
});

export type StandaloneConfig = z.output<typeof standaloneEnvironment>;

export const standaloneConfig = (environment: NodeJS.ProcessEnv): StandaloneConfig =>
  parseEnvironment(standaloneEnvironment, environment);

/** What the services read of the environment where the operator did not say otherwise. */
export function withDefaults(
  { PORT, DATA_DIR }: StandaloneConfig,
  keys: Readonly<Record<string, string>>,
  environment: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const publicUrl = environment.PUBLIC_URL ?? `http://localhost:${PORT}`;
  return {
    MAIL_OUTBOX_DIR: join(DATA_DIR, 'outbox'),
    PUBLIC_URL: publicUrl,
    INVITATION_LINK: `${publicUrl}/invitations/rsvp/{code}`,
    ...keys,
    ...environment,
    PORT: String(PORT),
  };
}
