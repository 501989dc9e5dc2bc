import { StartError } from '@eventxperts/errors';
import { z } from 'zod';

const answer = z.object({
  data: z.unknown(),
  errors: z.array(z.object({ message: z.string() })).optional(),
});

/** Sends one operation to the endpoint as a frontend would. The demo holds no other key to the house. */
export function createClient(endpoint: string) {
  return async function send<T>(
    shape: z.ZodType<T>,
    query: string,
    variables: Readonly<Record<string, unknown>>,
    accessToken?: string,
  ): Promise<T> {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(accessToken ? { authorization: `Bearer ${accessToken}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = answer.parse(await response.json());
    if (errors?.[0]) throw new StartError(`The demo cannot be made: ${errors[0].message}`);
    return shape.parse(data);
  };
}

export type Client = ReturnType<typeof createClient>;
