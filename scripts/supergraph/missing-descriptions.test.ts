import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { missingDescriptions } from './missing-descriptions.ts';

it('finds every type, field, argument and enum value that says nothing', () => {
  const schema = buildSchema(`
    type Query { hall(id: ID!, near: String): Hall  "All." halls(first: Int, after: String): Halls }
    type Hall { id: ID!  name: String! }
    "A page." type Halls { nodes: [Hall!]! }
    "How." enum Seating { ROUND  "In rows." ROWS }
    "What." input HallInput { seating: Seating }
    scalar Length
  `);
  expect(missingDescriptions(schema).sort()).toEqual([
    'Hall',
    'Hall.name',
    'HallInput.seating',
    'Length',
    'Query.hall',
    'Query.hall(near:)',
    'Seating.ROUND',
  ]);
});

it('is content with a schema that explains itself', () => {
  expect(
    missingDescriptions(buildSchema('type Query { "The time, in seconds." now: Float }')),
  ).toEqual([]);
});
