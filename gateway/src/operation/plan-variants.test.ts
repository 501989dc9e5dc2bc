import { expect, test } from 'vitest';
import { loadSupergraph } from '../supergraph/supergraph.ts';
import { composeToys } from '../testing/toy-gateway.ts';
import { defaultLimits } from './limits.ts';
import { createOperationStore } from './operation-store.ts';

const query = `query ($a: Boolean = true, $b: Boolean!) {
  clock @include(if: $a) events { title @skip(if: $b) host { id } } }`;

const storeOf = (capacity: number) =>
  createOperationStore(loadSupergraph(composeToys()), {
    limits: defaultLimits,
    introspection: true,
    capacity,
  });

test('each choice of conditions is planned once, by defaults as by values', () => {
  const { planFor } = storeOf(100_000).prepare(query);
  const both = planFor({ b: false });
  const other = planFor({ b: true });
  expect(other).not.toBe(both);
  expect(planFor({ a: true, b: false })).toBe(both);
  expect(planFor({ a: null, b: true })).not.toBe(other);
  expect(JSON.stringify(other.plan)).not.toContain('title');
  expect(JSON.stringify(both.plan)).not.toMatch(/@skip|@include|"Condition"/);
});

test('what was planned for a choice is kept, until many others take its place', () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const declared = names.map((name) => `$${name}: Boolean!`).join(', ');
  const fields = names.map((name) => `${name}: clock @include(if: $${name})`).join(' ');
  const many = `query (${declared}) { clock ${fields} }`;
  const { planFor } = storeOf(15 * many.length).prepare(many);
  const choice = (bits: number) =>
    planFor(Object.fromEntries(names.map((name, index) => [name, Boolean((bits >> index) & 1)])));
  const first = choice(0);
  choice(1);
  expect(choice(0)).toBe(first);
  for (let bits = 1; bits < 32; bits++) choice(bits);
  expect(choice(0)).not.toBe(first);
});
