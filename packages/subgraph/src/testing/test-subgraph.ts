import { fileURLToPath } from 'node:url';
import { createPool } from '@eventxperts/database';
import { testDatabase } from '@eventxperts/database/testing';
import { anonymous, type Caller, type Verifier } from '@eventxperts/identity';
import type { FormattedExecutionResult } from 'graphql';
import { pino } from 'pino';
import { createSubgraph, type Subgraph } from '../create-subgraph.ts';
import type { BaseContext, SubgraphDefinition } from '../define-subgraph.ts';
import { silentBus } from './silent-bus.ts';

export interface TestSubgraph {
  readonly subgraph: Subgraph;
  readonly databaseUrl: string;
  /** The domain's database, to arrange what is there and to look at what came of it. */
  readonly sql: ReturnType<typeof createPool>;
  /** What the caller is answered, through the subgraph's own schema and access rules. */
  ask(
    caller: Caller,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<FormattedExecutionResult>;
  stop(): Promise<void>;
}

const domains = new URL('../../../../prisma/', import.meta.url);

/**
 * One subgraph on a migrated database of its own, without its relay, consumers and jobs: a test
 * calls its handlers itself. Callers are believed, since whoever verifies tokens has its own tests.
 */
export async function testSubgraph<Config, Context extends BaseContext>(
  definition: SubgraphDefinition<Config, Context>,
  config: Config,
): Promise<TestSubgraph> {
  const migrationsDir = fileURLToPath(new URL(`${definition.name}/migrations`, domains));
  const database = await testDatabase({ migrationsDir });
  const sql = createPool({ url: database.url, max: 2, name: 'test' });
  const callers = new Map<string, Caller>();
  const subgraph = createSubgraph(definition, {
    config,
    databaseUrl: database.url,
    poolSize: 3,
    bus: silentBus,
    verifier: believing(callers),
    log: pino({ level: 'silent' }),
  });

  return {
    subgraph,
    databaseUrl: database.url,
    sql,
    ask(caller, query, variables) {
      const authorization = caller.kind === 'anonymous' ? undefined : `Bearer ${caller.token}`;
      if (authorization !== undefined) callers.set(authorization, caller);
      return subgraph.execute({ query, variables, headers: { authorization } });
    },
    async stop() {
      await subgraph.stop();
      await sql.end();
      await database.drop();
    },
  };
}

const believing = (callers: ReadonlyMap<string, Caller>): Verifier => ({
  verify: async (authorization) => callers.get(authorization ?? '') ?? anonymous,
});
