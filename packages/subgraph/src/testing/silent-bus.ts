import type { EventBus } from '@eventxperts/messaging';

/** A bus that is always there and never carries anything. */
export const silentBus: EventBus = {
  start: async () => undefined,
  stop: async () => undefined,
  ready: async () => true,
  publish: async () => undefined,
  subscribe: async () => ({ pause() {}, resume() {}, stop: async () => undefined }),
};
