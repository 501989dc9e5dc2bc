import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { ensureDatabase, withClient } from '../connection/ensure-database.ts';
import { callEngine } from './engine-methods.ts';
import { errorRecord } from './error-record.ts';
import { type Datamodel, type EngineOptions, loadEngine } from './load-engine.ts';
import { requestPrint, serveJsonRpc } from './serve-json-rpc.ts';

const datasource = z.object({ url: z.string().default('') });

/**
 * Stands in for the binary that PRISMA_SCHEMA_ENGINE_BINARY names, with its arguments, its standard
 * streams and its exit codes.
 */
async function main(args: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    strict: false,
    options: {
      datamodels: { type: 'string', multiple: true },
      datasource: { type: 'string' },
      'enabled-preview-features': { type: 'string' },
      'extension-types': { type: 'string' },
    },
  });
  const source = typeof values.datasource === 'string' ? JSON.parse(values.datasource) : {};
  const { url } = datasource.parse(source);
  const [, command] = positionals;
  if (command !== undefined) return runCommand(command, url);
  await serve({ url, datamodels: await readDatamodels(values.datamodels) });
  return 0;
}

async function serve(options: EngineOptions): Promise<void> {
  const engine = await loadEngine(options);
  const host = {
    url: options.url,
    print: (content: string) => requestPrint(process.stdout, content),
  };
  await serveJsonRpc(process.stdin, process.stdout, (method, params) =>
    callEngine(engine, host, method, params),
  );
}

async function readDatamodels(paths: unknown): Promise<Datamodel[]> {
  const files = z.array(z.string()).default([]).parse(paths);
  return Promise.all(
    files.map(async (file): Promise<Datamodel> => [file, await readFile(file, 'utf8')]),
  );
}

/** `cli can-connect-to-database` and `cli create-database`. */
async function runCommand(command: string, url: string): Promise<number> {
  try {
    if (command === 'create-database') await ensureDatabase(url);
    else await withClient(url, (client) => client.query('SELECT 1'));
    return 0;
  } catch (error) {
    process.stderr.write(failureLog(url, error));
    return 1;
  }
}

const missingDatabase = '3D000';

/** The command line skips the first line and parses all others, so none may follow. */
function failureLog(url: string, error: unknown): string {
  const { message, error_code } = errorRecord(error);
  const known =
    error_code === missingDatabase
      ? {
          error_code: 'P1003',
          message: `Database ${new URL(url).pathname.slice(1)} does not exist`,
        }
      : { error_code: 'P1001', message: `Cannot reach the database server: ${message}` };
  const line = { level: 'ERROR', target: 'schema_engine::logger', fields: known };
  return `${JSON.stringify({ level: 'INFO', fields: { message: 'schema-engine' } })}\n${JSON.stringify(line)}`;
}

// The pools of the engine would keep the process alive after its last answer.
process.exit(await main(process.argv.slice(2)));
