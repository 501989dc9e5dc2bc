import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { z } from 'zod';
import { ensureDatabase, withClient } from '../connection/ensure-database.ts';

/** The methods of the engine whose JSON-RPC request passes through as it is. */
const passedThrough = [
  'applyMigrations',
  'createMigration',
  'dbExecute',
  'devDiagnostic',
  'diagnoseMigrationHistory',
  'diff',
  'ensureConnectionValidity',
  'evaluateDataLoss',
  'introspect',
  'markMigrationApplied',
  'markMigrationRolledBack',
  'reset',
  'schemaPush',
] as const;

const passedThroughName = z.enum(passedThrough);

/** What a request may do besides: print on the terminal of the command line. */
export interface EngineHost {
  readonly url: string;
  print(content: string): void;
}

const diffResult = z.object({ exitCode: z.number(), stdout: z.string().nullish() });

/** Answers one JSON-RPC request of Prisma's command line. */
export async function callEngine(
  engine: SchemaEngine,
  host: EngineHost,
  method: string,
  params: unknown,
): Promise<unknown> {
  switch (method) {
    case 'createDatabase':
      await ensureDatabase(host.url);
      return { databaseName: new URL(host.url).pathname.slice(1) };
    case 'getDatabaseVersion':
      return engine.version();
    case 'createMigration':
    case 'evaluateDataLoss':
      await replayMigrations(engine, params);
      return pass(engine, method, params);
    case 'reset':
      await pass(engine, method, params);
      return dropPlatform(host.url);
    case 'diff':
      return printDiff(await pass(engine, method, params), host);
    default:
      // Some answer with nothing, and the command line waits for a result.
      return (await pass(engine, method, params)) ?? {};
  }
}

function pass(engine: SchemaEngine, method: string, params: unknown): Promise<unknown> {
  const name = passedThroughName.safeParse(method);
  if (!name.success) throw new Error(`The schema engine has no method ${method}.`);
  // The command line and the engine are of one version; the engine itself parses the parameters.
  const call: unknown = Reflect.get(engine, name.data);
  if (typeof call !== 'function') throw new Error(`The schema engine lost its method ${method}.`);
  return call.call(engine, params);
}

/** The binary prints a difference by asking for it; the WebAssembly returns it. */
function printDiff(result: unknown, host: EngineHost): unknown {
  const { exitCode, stdout } = diffResult.parse(result);
  if (stdout) host.print(stdout);
  return { exitCode, stdout: null };
}

/** Prisma empties the schemas it knows, and this one it shall not know; its migrations run again. */
async function dropPlatform(url: string): Promise<object> {
  await withClient(url, (client) => client.query('DROP SCHEMA IF EXISTS platform CASCADE'));
  return {};
}

const migrationsRequest = z.object({ migrationsList: z.unknown(), filters: z.unknown() });

/**
 * Of the methods that need a shadow database, these two forget to hand theirs on (7.10: `must be
 * provided through an external factory`), but use what another one found for the same migrations.
 */
async function replayMigrations(engine: SchemaEngine, params: unknown): Promise<void> {
  const { migrationsList, filters } = migrationsRequest.parse(params);
  const request = { migrationsList, filters, optInToShadowDatabase: true };
  await pass(engine, 'diagnoseMigrationHistory', request);
}
