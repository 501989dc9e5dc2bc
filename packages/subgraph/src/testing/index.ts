export { guestOf, userNamed } from './callers.ts';
export { knowEvent } from './know-event.ts';
export { type TestSubgraph, testSubgraph } from './test-subgraph.ts';
