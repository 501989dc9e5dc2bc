import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gatewayEnvironment } from '@eventxperts/gateway';
import { identityEnvironment } from '@eventxperts/identity';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { sourceFiles } from '../house/source-files.ts';
import { readSupergraphConfig } from '../supergraph/supergraph-config.ts';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');

const [, section = ''] = read('README.md').split('\n## Environment\n');
const [table = ''] = section.split('\n## ');
const rows = new Map(
  [...table.matchAll(/^\| `([A-Z][\w<>]+)` \|(.*)\|$/gm)].map(([, name = '', rest = '']) => [
    name,
    rest,
  ]),
);

/** What the system itself gives; not ours to set. */
const given = new Set(['PATH']);

/** A member of a zod schema, `NAME: z.string()` or `NAME: jwkVariable`, and `process.env.NAME`. */
const readings = [
  /^\s+([A-Z][A-Z0-9_]+): (?!string\b)(?:z$|z\.|[a-z]\w*)/gm,
  /process\.env\.([A-Z][A-Z0-9_]+)/g,
  /`([A-Z][A-Z0-9_]+_)\$\{name\b/g,
];

function variablesOfTheCode(): string[] {
  const found = sourceFiles(
    root,
    'gateway/*.ts',
    'packages/*.ts',
    'subgraphs/*.ts',
    'scripts/*.ts',
    'prisma/*.ts',
  )
    .filter((path) => !path.endsWith('.test.ts') && !path.endsWith('.victim.ts'))
    .map(read)
    .filter((text) => /from 'zod'|process\.env/.test(text))
    .flatMap((text) => readings.flatMap((reading) => [...text.matchAll(reading)]))
    .map(([, name = '']) => (name.endsWith('_') ? `${name}<NAME>` : name))
    .filter((name) => !given.has(name));
  return [...new Set(found)].sort();
}

test('the README’s table has every variable that the code reads, and no other', () => {
  expect([...rows.keys()].sort()).toEqual(variablesOfTheCode());
});

test('the README’s table gives the defaults that the code has', async () => {
  const subgraphs = await Promise.all(
    readSupergraphConfig(root).map(
      ({ name }) => import(join(root, 'subgraphs', name, 'src/environment.ts')),
    ),
  );
  const shapes = [gatewayEnvironment, identityEnvironment, ...subgraphs.map(environmentOf)];
  const defaults = shapes
    .flatMap(({ shape }) => Object.entries(shape))
    .map(([name, schema]) => [name, z.safeParse(schema, undefined).data] as const)
    .filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value));
  expect(defaults.length).toBeGreaterThan(10);
  for (const [name, value] of defaults) expect(rows.get(name), name).toContain(`\`${value}\``);
});

const environmentOf = (module: { readonly environment: unknown }): z.ZodObject =>
  z.instanceof(z.ZodObject).parse(module.environment);
