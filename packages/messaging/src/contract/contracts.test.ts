import { expect, test } from 'vitest';
import { readEnvelope } from '../envelope.ts';
import { eventContracts } from '../generated/contracts.ts';
import { thingChanged } from '../promises/victim/thing.ts';
import { platformTopics } from './topic.ts';
import { assertConsumable, assertPublishable, ContractViolation } from './validate.ts';

const user = thingChanged('00000000-0000-7000-8000-000000000001', 1, 'Lakshmi').data;

/** Where a schema carries a keyword, as paths. */
function placesOf(keyword: string, schema: unknown, path = ''): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const here = Reflect.get(schema, keyword) === true ? [path] : [];
  const below = Object.entries(schema).flatMap(([name, part]) =>
    placesOf(keyword, part, `${path}/${name}`),
  );
  return [...here, ...below];
}

test('personal fields travel on the user and invitation topics alone', () => {
  const elsewhere = Object.entries(eventContracts)
    .filter(([, { topic }]) => topic !== 'user' && topic !== 'invitation')
    .flatMap(([type, { schema }]) => placesOf('x-personal', schema, type));
  expect(elsewhere).toEqual([]);
  expect(placesOf('x-personal', eventContracts['user.created'].schema)).toContain(
    '/properties/email',
  );
});

test('topics with personal fields, and the dead letters, are kept seven days', () => {
  const short = platformTopics.filter(({ retentionDays }) => retentionDays === 7);
  expect(short.map(({ name }) => name)).toEqual(['invitation', 'user', 'dead-letter']);
});

test('every contract refuses fields it does not name, at every depth', () => {
  const open = (schema: unknown): boolean =>
    typeof schema === 'object' &&
    schema !== null &&
    ((Reflect.has(schema, 'properties') && Reflect.get(schema, 'additionalProperties') !== false) ||
      Object.values(schema).some(open));
  const lax = Object.entries(eventContracts).filter(([, { schema }]) => open(schema));
  expect(lax.map(([type]) => type)).toEqual([]);
});

test('a publisher is held to the contract, and told the place but not the value', () => {
  assertPublishable('user.created', user);
  const broken = { ...user, email: 'lakshmi @example.com' };
  expect(() => assertPublishable('user.created', broken)).toThrow(ContractViolation);
  expect(() => assertPublishable('user.created', broken)).toThrow('/email');
  expect(() => assertPublishable('user.created', broken)).not.toThrow('lakshmi @');
  expect(() => assertPublishable('user.created', { ...user, shoeSize: 38 })).toThrow();
});

test('a consumer tolerates what a newer publisher added, and nothing less than the contract', () => {
  assertConsumable('user.created', { ...user, shoeSize: 38 });
  const { email: _email, ...incomplete } = user;
  expect(() => assertConsumable('user.created', incomplete)).toThrow(ContractViolation);
});

test('a type this build does not know is nobody’s, not an error', () => {
  const envelope = {
    specversion: '1.0',
    id: '01890000-0000-7000-8000-000000000000',
    source: 'urn:eventxperts:users',
    type: 'user.created.v2',
    subject: 'a',
    time: '2026-01-01T00:00:00Z',
    sequence: 1,
    data: {},
  };
  expect(readEnvelope(JSON.stringify(envelope))).toBeUndefined();
});
