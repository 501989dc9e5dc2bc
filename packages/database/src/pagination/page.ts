import { badInput } from '@eventxperts/errors';

export const largestPage = 100;
export const defaultPage = 20;

/** Which page a client asked for, as GraphQL brings it. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Page<Row> {
  readonly nodes: Row[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/**
 * The page size a client asked for.
 * @throws BAD_USER_INPUT at `first` outside of 1 to 100.
 */
export function parseFirst(first: number | null | undefined): number {
  const size = first ?? defaultPage;
  if (Number.isInteger(size) && size >= 1 && size <= largestPage) return size;
  throw badInput('first', `A page has 1 to ${largestPage} entries.`);
}

/** A page out of rows that were fetched with `first + 1`: the one too many tells of a next page. */
export function pageOf<Row>(
  rows: readonly Row[],
  first: number,
  cursorOf: (row: Row) => string,
): Page<Row> {
  const nodes = rows.slice(0, first);
  const last = nodes.at(-1);
  return {
    nodes,
    pageInfo: {
      hasNextPage: rows.length > first,
      endCursor: last === undefined ? null : cursorOf(last),
    },
  };
}
