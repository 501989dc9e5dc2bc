import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { readSupergraphConfig } from './supergraph-config.ts';

const root = resolve(import.meta.dirname, '../..');
const entries = readSupergraphConfig(root);
const names = entries.map(({ name }) => name);
const checkedIn = Object.fromEntries(
  entries.map(({ name, schemaFile }) => [name, readFileSync(join(root, schemaFile), 'utf8')]),
);

/** In a process of its own: type-graphql keeps one store a process, and the order fills it. */
const printInOrder = (order: readonly string[]): unknown =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--conditions=source',
        `--import=${join(root, 'scripts/typescript.mjs')}`,
        join(import.meta.dirname, 'print-subgraphs.ts'),
        ...order,
      ],
      { encoding: 'utf8', cwd: root },
    ),
  );

describe('all subgraphs in one process', () => {
  it.each([
    ['as listed', names],
    ['reversed', [...names].reverse()],
  ])('keep to their own types, loaded %s', (_, order) => {
    expect(printInOrder(order)).toEqual(checkedIn);
  });
});
