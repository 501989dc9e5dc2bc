import { isJsonObject, type JsonObject } from '../plan/json.ts';

/** What the GraphQL over HTTP specification calls the request parameters. */
export interface GraphqlParams {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: JsonObject | undefined;
  readonly extensions?: JsonObject | undefined;
}

/** Without the operation, where only its hash was sent. */
export type AnyParams = Omit<GraphqlParams, 'query'> & { readonly query?: string | undefined };

/** Undefined when it is not well formed. By hand: this is done for every request. */
export function paramsOf(body: unknown): AnyParams | undefined {
  if (!isJsonObject(body)) return undefined;
  const { query, operationName, variables, extensions } = body;
  if (!isTextOrNone(query) || !isTextOrNone(operationName)) return undefined;
  if (!isObjectOrNone(variables) || !isObjectOrNone(extensions)) return undefined;
  return {
    query: query ?? undefined,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
    extensions: extensions ?? undefined,
  };
}

const isTextOrNone = (value: unknown): value is string | null | undefined =>
  value === undefined || value === null || typeof value === 'string';

const isObjectOrNone = (value: unknown): value is JsonObject | null | undefined =>
  value === undefined || value === null || isJsonObject(value);

/** The same out of a query string. Undefined when its JSON is broken. */
export function paramsOfSearch(search: string): AnyParams | undefined {
  const given = Object.fromEntries(new URLSearchParams(search));
  try {
    const { variables, extensions, ...rest } = given;
    return paramsOf({
      ...rest,
      variables: variables === undefined ? undefined : JSON.parse(variables),
      extensions: extensions === undefined ? undefined : JSON.parse(extensions),
    });
  } catch {
    return undefined;
  }
}

export const hasQuery = (params: AnyParams | undefined): params is GraphqlParams =>
  params?.query !== undefined;
