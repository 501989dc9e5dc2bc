import { testDatabase } from '@eventxperts/database/testing';
import { verifierFrom } from '@eventxperts/identity';
import { createPostgresBus } from '@eventxperts/messaging';
import { createSubgraph } from '@eventxperts/subgraph';
import { z } from 'zod';
import { users } from '../subgraph.ts';
import { log, usersConfig, usersDatabase } from './users.fixture.ts';

const session = z.object({
  data: z.object({
    register: z.object({ accessToken: z.string(), user: z.object({ id: z.string() }) }),
  }),
});

/** The subgraph as a deployment runs it, asked in its own process. */
export async function usersSubgraph(variables: Record<string, string> = {}) {
  const [database, busDatabase, config] = await Promise.all([
    usersDatabase(),
    testDatabase(),
    usersConfig(variables),
  ]);
  const bus = createPostgresBus({ url: busDatabase.url, log });
  await bus.start();
  const verifier = verifierFrom(config, config.OIDC_SIGNING_KEYS);
  const subgraph = createSubgraph(users, {
    config,
    databaseUrl: database.url,
    poolSize: 4,
    bus,
    verifier,
    log,
  });
  await subgraph.start();

  const ask = (query: string, values: Record<string, unknown> = {}, token?: string) =>
    subgraph.execute({
      query,
      variables: values,
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });

  return {
    ask,
    database,
    config,
    verifier,
    /** Registers somebody and returns the id and a token of theirs. */
    async newUser(email: string, roles: readonly string[]) {
      const answer = await ask(
        `mutation ($input: RegisterInput!) {
          register(input: $input) { accessToken user { id } }
        }`,
        { input: { email, password: 'kalyanam-2027', displayName: email, roles } },
      );
      const { accessToken, user } = session.parse(answer).data.register;
      return { id: user.id, token: accessToken };
    },
    async stop() {
      await subgraph.stop();
      await bus.stop();
      await Promise.all([database.stop(), busDatabase.drop()]);
    },
  };
}

export type UsersSubgraph = Awaited<ReturnType<typeof usersSubgraph>>;
