import { CodedError } from '@eventxperts/errors';
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/**
 * Refuses arguments that the schema tags as secret, such as an invitation's code: an address stands in
 * logs, histories and referrers. Called for GET alone.
 * @throws CodedError BAD_USER_INPUT naming the argument
 */
export function assertNoSecretArgument(document: DocumentNode, supergraph: GraphQLSchema): void {
  const types = new TypeInfo(supergraph);
  visit(
    document,
    visitWithTypeInfo(types, {
      Argument({ name }) {
        if (!isSecret(types)) return;
        throw new CodedError(
          'BAD_USER_INPUT',
          `The argument "${name.value}" is a secret and may not stand in an address: send it by POST.`,
          { field: name.value },
        );
      },
    }),
  );
}

const isSecret = (types: TypeInfo): boolean =>
  types
    .getArgument()
    ?.astNode?.directives?.some(
      ({ name, arguments: values }) =>
        name.value === 'tag' &&
        values?.some(({ value }) => value.kind === 'StringValue' && value.value === 'secret'),
    ) ?? false;
