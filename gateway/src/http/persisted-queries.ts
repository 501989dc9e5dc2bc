import { createHash } from 'node:crypto';
import { GraphQLError } from 'graphql';
import { z } from 'zod';
import { Lru } from '../operation/lru.ts';

const extension = z.object({
  persistedQuery: z.object({ version: z.literal(1), sha256Hash: z.string().max(64) }),
});

export interface PersistedQueries {
  /**
   * The operation that a request means, which may be named by its hash alone once it has been sent with it.
   * @throws GraphQLError PERSISTED_QUERY_NOT_FOUND, upon which clients send it whole; BAD_REQUEST
   */
  resolve(query: string | undefined, extensions: unknown): string | undefined;
}

/** Automatic persisted queries, as Apollo Client speaks them. @param capacity characters of all hashes */
export function createPersistedQueries(capacity: number): PersistedQueries {
  const known = new Lru<string>(capacity);
  return {
    resolve(query, extensions) {
      if (extensions === undefined || extensions === null) return query;
      const { data } = extension.safeParse(extensions);
      if (!data) return query;
      const { sha256Hash } = data.persistedQuery;
      if (query === undefined) {
        const found = known.get(sha256Hash);
        if (found === undefined) throw notFound();
        return found;
      }
      if (createHash('sha256').update(query).digest('hex') !== sha256Hash) throw mismatch();
      known.set(sha256Hash, query);
      return query;
    },
  };
}

const notFound = () =>
  new GraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 200 } },
  });

const mismatch = () =>
  new GraphQLError('The hash is not that of the query.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
