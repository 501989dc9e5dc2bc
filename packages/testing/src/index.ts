export { createSupergraph, type TestSupergraph } from './create-supergraph.ts';
export { eventually } from './eventually.ts';
export type { Inbox } from './inbox.ts';
export { type Answer, connect, type GraphqlError, type TestClient } from './test-client.ts';
