/** Wakes one waiting loop. A ring while nobody waits is kept for the next wait. */
export interface Bell {
  ring(): void;
  /** Resolves at a ring, when `milliseconds` have passed, or when the signal aborts. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  let rung = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rung = true;
      wake?.();
    },
    async wait(milliseconds, signal) {
      if (!rung && !signal.aborted) {
        await pause(milliseconds, signal, (end) => {
          wake = end;
        });
      }
      rung = false;
      wake = undefined;
    },
  };
}

/** Waits `milliseconds`, less when the signal aborts or `expose`d end is called. Never rejects. */
export function pause(
  milliseconds: number,
  signal: AbortSignal,
  expose: (end: () => void) => void = () => {},
): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, milliseconds);
    signal.addEventListener('abort', end);
    expose(end);
  });
}
