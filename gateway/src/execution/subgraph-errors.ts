import { CodedError, isErrorCode, maskError, type ReportFault } from '@eventxperts/errors';
import { type GraphQLFormattedError, Kind, parse } from 'graphql';
import type { SubgraphRequest } from '../transport/subgraph-transport.ts';

/**
 * What of a subgraph's errors goes on to the client. A code of our table is a promise to clients; any
 * other error, such as a subgraph that does not know a field of the supergraph, is our own fault.
 */
export const passErrors = (
  errors: readonly GraphQLFormattedError[] | undefined,
  report: ReportFault,
): GraphQLFormattedError[] | undefined =>
  errors?.map((error) =>
    isErrorCode(error.extensions?.code)
      ? error
      : { ...masked(error, report), ...(error.path ? { path: error.path } : {}) },
  );

const masked = (error: GraphQLFormattedError, report: ReportFault): GraphQLFormattedError => {
  const { message, extensions } = maskError(
    new SubgraphFault(`A subgraph answered: ${error.message}`),
    report,
  );
  return { message, ...(extensions ? { extensions } : {}) };
};

/** For the log: the client is told only that something went wrong. */
class SubgraphFault extends Error {}

/** One error for each root field or entity that the unreachable subgraph was asked for. */
export function unavailable(request: SubgraphRequest, cause: unknown): GraphQLFormattedError[] {
  const { message, extensions } =
    cause instanceof CodedError ? cause : new CodedError('UNAVAILABLE');
  return pathsOf(request).map((path) => ({ message, extensions, path }));
}

function pathsOf({ query, variables }: SubgraphRequest): (string | number)[][] {
  const representations = variables?.representations;
  return Array.isArray(representations)
    ? representations.map((_, index) => ['_entities', index])
    : rootFields(query).map((name) => [name]);
}

function rootFields(query: string): string[] {
  const names: string[] = [];
  for (const definition of parse(query, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const selection of definition.selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        names.push(selection.alias?.value ?? selection.name.value);
      }
    }
  }
  return names;
}
