import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import process from 'node:process';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const workspaces = [
  'gateway',
  'subgraphs/users',
  'subgraphs/events',
  'packages/graphql',
  'packages/messaging',
  'packages/launcher',
  'packages/testing',
];

describe('the import rules', () => {
  let house: string;
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  };
  /** The rules that the house breaks once `files` are added to it. */
  const broken = (files: Record<string, string>): string[] => {
    for (const [path, text] of Object.entries(files)) write(path, text);
    const { stdout } = spawnSync(
      process.execPath,
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        `--config=${join(root, '.dependency-cruiser.cjs')}`,
        '--output-type=json',
        'gateway',
        'subgraphs',
        'packages',
      ],
      { cwd: house, encoding: 'utf8' },
    );
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { rule: { name: string } }[] };
    };
    return [...new Set(summary.violations.map(({ rule }) => rule.name))];
  };

  beforeEach(() => {
    house = mkdtempSync(join(tmpdir(), 'house-'));
    mkdirSync(join(house, 'node_modules/@eventxperts'), { recursive: true });
    for (const workspace of workspaces) {
      const name = `@eventxperts/${basename(workspace)}`;
      const manifest = { name, type: 'module', exports: { '.': { source: './src/index.ts' } } };
      write(join(workspace, 'package.json'), JSON.stringify(manifest));
      write(join(workspace, 'src/index.ts'), 'export class Thing { name!: string }\n');
      symlinkSync(join(house, workspace), join(house, 'node_modules', name));
    }
  });
  afterEach(() => rmSync(house, { recursive: true, force: true }));

  it('let a domain stand on packages, and the launcher on everything', () => {
    expect(
      broken({
        'subgraphs/users/src/user.ts':
          "import { Thing } from '@eventxperts/graphql';\nfunction Field(): PropertyDecorator { return () => undefined; }\nexport class User { @Field() thing: Thing = new Thing(); }",
        'packages/launcher/src/standalone.ts':
          "export * from '@eventxperts/users';\nexport { Thing } from '@eventxperts/gateway';",
      }),
    ).toEqual([]);
  });

  it.each([
    ['domain-imports-domain', 'subgraphs/users/src/a.ts', "export * from '@eventxperts/events';"],
    [
      'domain-imports-domain',
      'subgraphs/users/src/a.ts',
      "import type { Thing } from '@eventxperts/events';\nexport type A = Thing;",
    ],
    ['domain-imports-above', 'subgraphs/users/src/a.ts', "export * from '@eventxperts/gateway';"],
    ['gateway-imports-domain', 'gateway/src/a.ts', "export * from '@eventxperts/users';"],
    ['package-imports-above', 'packages/graphql/src/a.ts', "export * from '@eventxperts/users';"],
    [
      'package-imports-above',
      'packages/messaging/src/a.ts',
      "export const late = () => import('@eventxperts/gateway');",
    ],
    ['testing-in-production', 'gateway/src/a.ts', "export * from '@eventxperts/testing';"],
    [
      'past-the-front-door',
      'subgraphs/users/src/a.ts',
      "export * from '../../../packages/graphql/src/index.ts';",
    ],
  ])('catch %s in %s: %s', (rule, path, text) => {
    expect(broken({ [path]: text })).toContain(rule);
  });

  it('catch a cycle', () => {
    expect(
      broken({
        'gateway/src/hen.ts': "import { egg } from './egg.ts';\nexport const hen = () => egg;",
        'gateway/src/egg.ts': "import { hen } from './hen.ts';\nexport const egg = () => hen;",
      }),
    ).toEqual(['cycle']);
  });
});
