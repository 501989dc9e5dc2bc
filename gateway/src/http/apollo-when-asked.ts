import type { ApolloOptions } from './apollo.ts';
import type { GraphqlHttp } from './graphql-http.ts';

/** @apollo/server is loaded at the start of a gateway that reports to Apollo Studio, and of no other. */
export function createApolloWhenAsked(options: ApolloOptions): GraphqlHttp {
  let apollo: GraphqlHttp | undefined;
  return {
    async start() {
      const { createApolloHttp } = await import('./apollo.ts');
      apollo = createApolloHttp(options);
      await apollo.start();
    },
    handle(operation, context) {
      if (!apollo) throw new Error('The gateway has not been started.');
      return apollo.handle(operation, context);
    },
    stop: async () => apollo?.stop(),
  };
}
