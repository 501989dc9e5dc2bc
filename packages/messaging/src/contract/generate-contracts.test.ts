import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateContracts } from '../../../../scripts/generate-contracts.mjs';

let folder: string;
let source: string;
let target: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'contracts-'));
  source = join(folder, 'events');
  target = join(folder, 'generated', 'contracts.ts');
  await mkdir(join(source, 'cart'), { recursive: true });
  await write('cart', state);
  await write('cart.filled', contract('cart.filled'));
});
afterEach(() => rm(folder, { recursive: true }));

const state = {
  title: 'CartState',
  type: 'object',
  additionalProperties: false,
  required: ['id'],
  properties: { id: { type: 'string' } },
};
const contract = (type: string) => ({
  $id: `urn:eventxperts:event:${type}`,
  $ref: 'cart.schema.json',
});
const write = (stem: string, schema: object) =>
  writeFile(join(source, 'cart', `${stem}.schema.json`), JSON.stringify(schema));

test('a contract becomes a type of its data, a topic and a schema', async () => {
  expect(await generateContracts({ source, target })).toBe(true);
  const text = await readFile(target, 'utf8');
  expect(text).toContain('"cart.filled": CartState');
  expect(text).toContain(`'cart.filled': { topic: 'cart'`);
  expect(text).toContain(`{ name: 'cart', personal: false }`);
});

test('it writes only when a contract has changed', async () => {
  await generateContracts({ source, target });
  const { mtimeMs } = await stat(target);
  expect(await generateContracts({ source, target })).toBe(false);
  expect((await stat(target)).mtimeMs).toBe(mtimeMs);
  await write('cart.emptied', contract('cart.emptied'));
  expect(await generateContracts({ source, target })).toBe(true);
});

test('a wrong $id, a missing part and broken JSON are told by file', async () => {
  await write('cart.filled', contract('cart.full'));
  await expect(generateContracts({ source, target })).rejects.toThrow(
    'cart/cart.filled.schema.json: $id must be urn:eventxperts:event:cart.filled',
  );
  await write('cart.filled', { ...contract('cart.filled'), $ref: 'basket.schema.json' });
  await expect(generateContracts({ source, target })).rejects.toThrow('no basket.schema.json');
  await writeFile(join(source, 'cart', 'cart.schema.json'), '{');
  await expect(generateContracts({ source, target })).rejects.toThrow(
    'cart/cart.schema.json is not JSON',
  );
});
