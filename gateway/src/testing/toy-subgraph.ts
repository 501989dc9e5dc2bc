import { buildSubgraphSchema } from '@apollo/subgraph';
import { maskError } from '@eventxperts/errors';
import {
  createSourceEventStream,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  parse,
} from 'graphql';
import { MappedStream } from '../live/mapped-stream.ts';
import type { SubgraphRequest, SubgraphTransport } from '../transport/subgraph-transport.ts';
import type { ToyDefinition } from './toy-schemas.ts';

/** A subgraph within the process, as the launcher hands it to the gateway. */
export function createToySubgraph({ typeDefs, resolvers }: ToyDefinition): SubgraphTransport {
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const shown = ({ data, errors }: ExecutionResult): FormattedExecutionResult => ({
    ...(data === undefined ? {} : { data }),
    ...(errors ? { errors: errors.map((error) => maskError(error, () => undefined)) } : {}),
  });
  const argumentsOf = ({ query, variables, operationName, headers }: SubgraphRequest) => ({
    schema,
    document: parse(query),
    variableValues: variables,
    operationName,
    contextValue: { headers },
  });
  const run = async (request: SubgraphRequest, rootValue?: unknown) =>
    shown(await execute({ ...argumentsOf(request), rootValue }));

  return {
    execute: (request) => run(request),
    async subscribe(request) {
      const source = await createSourceEventStream(argumentsOf(request));
      if (!(Symbol.asyncIterator in source)) return shown(source);
      return new MappedStream(source[Symbol.asyncIterator](), (event) => run(request, event), {
        onEnd: () => undefined,
        onFault: (error) => ({ errors: [new GraphQLError(String(error)).toJSON()] }),
      });
    },
    ready: async () => true,
  };
}
