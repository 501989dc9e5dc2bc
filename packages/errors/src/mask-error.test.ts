import { buildSchema, execute, type GraphQLError, parse } from 'graphql';
import { expect, it, vi } from 'vitest';
import { CodedError } from './coded-error.ts';
import { maskError } from './mask-error.ts';

const schema = buildSchema(`
  input Home { city: String }
  input Person { name: String! home: Home others: [Person!] }
  type Query { greet(person: Person!): String }
`);

async function failureOf(variables: Record<string, unknown>, greet: () => unknown) {
  const { errors = [] } = await execute({
    schema,
    document: parse('query ($person: Person!) { greet(person: $person) }'),
    variableValues: variables,
    rootValue: { greet },
  });
  const [error] = errors;
  if (!error) throw new Error('nothing failed');
  return error;
}

const shown = (error: GraphQLError) => maskError(error, vi.fn());

it('tells what is wrong with a variable, in the words of graphql-js', async () => {
  for (const [person, field] of [
    [null, 'person'],
    [{}, 'person'],
    ['A', 'person'],
    [{ name: 'A', age: 3 }, 'person'],
    [{ name: 7 }, 'name'],
    [{ name: 'A', home: { city: 7 } }, 'home.city'],
    [{ name: 'A', others: [{ name: 'B' }, { name: 7 }] }, 'others.1.name'],
  ] as const) {
    const masked = shown(await failureOf({ person }, () => 'hello'));
    expect(masked.extensions).toEqual({ code: 'BAD_USER_INPUT', field });
    expect(masked.message).toContain('$person');
  }
});

it('shows a coded error as it is', async () => {
  const error = await failureOf({ person: { name: 'A' } }, () => {
    throw new CodedError('CONFLICT', 'Taken.', { field: 'name' });
  });
  expect(shown(error)).toMatchObject({
    message: 'Taken.',
    path: ['greet'],
    extensions: { code: 'CONFLICT', field: 'name' },
  });
});

it('keeps every other fault to itself, and reports it under the trace id it shows', async () => {
  const fault = new Error('password of the database: hunter2');
  const error = await failureOf({ person: { name: 'A' } }, () => {
    throw fault;
  });
  const report = vi.fn();
  const masked = maskError(error, report);
  expect(JSON.stringify(masked)).not.toContain('hunter2');
  expect(masked.extensions).toMatchObject({ code: 'INTERNAL' });
  expect(report).toHaveBeenCalledWith({
    traceId: masked.extensions?.traceId,
    error: fault,
    path: 'greet',
  });
});
