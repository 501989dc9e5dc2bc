import { CodedError } from '@eventxperts/errors';
import { expect, test } from 'vitest';
import { type SmallSubgraph, smallSupergraph } from './small-supergraph.ts';

/** One feature of federation or GraphQL: subgraphs, a query, and what has to come. */
export interface FeatureCase {
  readonly subgraphs: Record<string, SmallSubgraph>;
  readonly query: string;
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly data: unknown;
  /** Paths of the errors that are told. */
  readonly errors?: readonly (readonly (string | number)[])[];
  readonly fetches?: number;
}

export interface WithId {
  readonly id: string;
}

export const refuse = () => {
  throw new CodedError('CONFLICT', 'It failed.');
};

export const products = [{ id: 'p1' }, { id: 'p2' }];
export const catalogue: SmallSubgraph = {
  sdl: 'type Query { products: [Product] } type Product @key(fields: "id") { id: ID! }',
  resolvers: { Query: { products: () => products } },
};

export function testFeatures(cases: Record<string, FeatureCase>): void {
  test.each(Object.entries(cases))('%s', async (_name, each) => {
    const supergraph = smallSupergraph(each.subgraphs);
    const { data, errors = [] } = await supergraph.run(
      each.query,
      each.variables,
      each.operationName,
    );
    expect(supergraph.faults).toEqual([]);
    expect(data).toEqual(each.data);
    expect(errors.map(({ path }) => path)).toEqual(each.errors ?? []);
    if (each.fetches !== undefined) expect(supergraph.asked).toHaveLength(each.fetches);
  });
}
