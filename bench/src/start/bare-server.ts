import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

/** The reference: a bare @apollo/server with one field. */
await startStandaloneServer(
  new ApolloServer({
    typeDefs: 'type Query { hello: String! }',
    resolvers: { Query: { hello: () => 'hello' } },
  }),
  { listen: { host: '127.0.0.1', port: Number(process.env.PORT) } },
);
