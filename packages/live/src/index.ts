export { appendLive } from './append-live.ts';
export { createLive, type Live, type LiveUpdate } from './create-live.ts';
