import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm';
import { createEngineAdapter } from './engine-adapter.ts';

/** A Prisma schema: its path and its text. */
export type Datamodel = [path: string, content: string];

export interface EngineOptions {
  readonly url: string;
  readonly datamodels: readonly Datamodel[];
}

/** The engine panics when it gets no datamodel at all. */
const emptyDatamodel: Datamodel = [
  'schema.prisma',
  'datasource db {\n  provider = "postgresql"\n}\n',
];

/** Prisma's schema engine as WebAssembly: what the CLI would otherwise download as a binary. */
export async function loadEngine({ url, datamodels }: EngineOptions): Promise<SchemaEngine> {
  loading ??= instantiate();
  const { SchemaEngine } = await loading;
  const adapter = bindMigrationAwareSqlAdapterFactory(createEngineAdapter(url));
  const models = datamodels.length > 0 ? [...datamodels] : [emptyDatamodel];
  return SchemaEngine.new({ datamodels: models }, () => undefined, adapter);
}

type Bindings = typeof import('@prisma/schema-engine-wasm/schema_engine_bg');

/** The bindings know one instance: a second one would take the memory of the first. */
let loading: Promise<Bindings> | undefined;

async function instantiate(): Promise<Bindings> {
  const bindings = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const { instance } = await WebAssembly.instantiate(await wasmBytes(), {
    './schema_engine_bg.js': bindings,
  });
  bindings.__wbg_set_wasm(instance.exports);
  keepPanicMessage();
  start(instance.exports.__wbindgen_start);
  return bindings;
}

/** The message of the engine's last panic, which would otherwise be a bare `unreachable`. */
let panicMessage: string | undefined;

export const lastPanic = (): string | undefined => panicMessage;

/** The engine reports a panic to this global, which Prisma's own host provides. */
function keepPanicMessage(): void {
  Object.defineProperty(globalThis, 'PRISMA_WASM_PANIC_REGISTRY', {
    value: {
      set_message(message: string): void {
        panicMessage = message;
      },
    },
  });
}

function wasmBytes(): Promise<Buffer> {
  const bindings = createRequire(import.meta.url).resolve(
    '@prisma/schema-engine-wasm/schema_engine_bg',
  );
  return readFile(path.join(path.dirname(bindings), 'schema_engine_bg.wasm'));
}

function start(initialise: unknown): void {
  if (typeof initialise !== 'function') throw new Error('The schema engine has no entry point.');
  initialise();
}
