import { StartError } from '@eventxperts/errors';
import type { ZodType } from 'zod';

/**
 * Reads a process's environment once. Its values never stand in the message: one may be a secret.
 * @throws StartError one line that names the first variable at fault.
 */
export function parseEnvironment<T>(schema: ZodType<T>, environment: NodeJS.ProcessEnv): T {
  const result = schema.safeParse(environment);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const name = String(issue?.path[0] ?? 'the environment');
  throw new StartError(
    environment[name] === undefined
      ? `${name} is not set.`
      : `${name} is not acceptable: ${issue?.message}.`,
  );
}
