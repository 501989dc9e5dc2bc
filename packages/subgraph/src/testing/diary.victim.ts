import 'reflect-metadata';
import { serveSubgraph } from '../serve-subgraph.ts';
import { createDiary } from './diary.fixture.ts';

/** A subgraph's `main.ts`, for tests that end its process. */
await serveSubgraph(createDiary().definition);
