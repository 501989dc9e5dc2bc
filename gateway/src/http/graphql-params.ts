import { z } from 'zod';

const record = z.record(z.string(), z.unknown());

/** What the GraphQL over HTTP specification calls the request parameters. */
export const graphqlParams = z.object({
  query: z.string(),
  operationName: z.string().nullish(),
  variables: record.nullish(),
  extensions: record.nullish(),
});

export type GraphqlParams = z.output<typeof graphqlParams>;

/** The same out of a query string. Undefined when it names no operation or its JSON is broken. */
export function paramsOfSearch(search: string): GraphqlParams | undefined {
  const given = Object.fromEntries(new URLSearchParams(search));
  try {
    const { variables, extensions, ...rest } = given;
    return graphqlParams.safeParse({
      ...rest,
      variables: variables === undefined ? undefined : JSON.parse(variables),
      extensions: extensions === undefined ? undefined : JSON.parse(extensions),
    }).data;
  } catch {
    return undefined;
  }
}
