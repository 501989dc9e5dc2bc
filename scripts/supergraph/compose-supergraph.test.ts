import { printSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { CompositionFailed, composeSupergraph } from './compose-supergraph.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@inaccessible"])';

const subgraph = (name: string, sdl: string) => ({
  name,
  routingUrl: `http://${name}:4000/graphql`,
  sdl: `${link}\n${sdl}`,
});

const halls = subgraph(
  'halls',
  'type Query { hall(id: ID!): Hall } type Hall @key(fields: "id") { id: ID! name: String! ledger: String @inaccessible }',
);
const feasts = subgraph(
  'feasts',
  'type Hall @key(fields: "id") { id: ID! feasts: [String!]! } type Query { feasts: Int }',
);

describe('composing the supergraph', () => {
  it('joins what subgraphs say of one entity and hides what is not for clients', () => {
    const { apiSchema, conflicts, supergraphSdl } = composeSupergraph([halls, feasts]);
    expect(conflicts).toEqual([]);
    expect(printSchema(apiSchema)).toContain('feasts: [String!]!');
    expect(printSchema(apiSchema)).not.toMatch(/ledger|join__/);
    expect(supergraphSdl).toContain('url: "http://halls:4000/graphql"');
  });

  it('fails when one subgraph adds a field to a shared value type', () => {
    const money = 'type Money @shareable { amount: Int! }';
    const richer = 'type Money @shareable { amount: Int! rounding: String }';
    expect(() =>
      composeSupergraph([
        subgraph('bookings', `${money} type Query { price: Money }`),
        subgraph('payments', `${richer} type Query { balance: Money }`),
      ]),
    ).toThrow(/Money\.rounding/);
  });

  it('reports two descriptions of one type', () => {
    const { conflicts } = composeSupergraph([
      subgraph(
        'halls',
        '"A room." type Hall @key(fields: "id") { id: ID! } type Query { hall: Hall }',
      ),
      subgraph('feasts', '"A roof." type Hall @key(fields: "id") { id: ID! feasts: Int }'),
    ]);
    expect(conflicts).toEqual([expect.stringMatching(/^INCONSISTENT_DESCRIPTION: /)]);
  });

  it('fails with every reason when types contradict', () => {
    const contradiction = subgraph(
      'feasts',
      'type Hall @key(fields: "id") { id: ID! name: Int! } type Query { feasts: Int }',
    );
    expect(() => composeSupergraph([halls, contradiction])).toThrow(CompositionFailed);
    expect(() => composeSupergraph([halls, contradiction])).toThrow(/Hall\.name/);
  });
});
