import type { Tree } from './tree.ts';

/** What a subscription delivered, in order. */
export interface Inbox {
  /** The next event; waits for it. Rejects with what ended the subscription. */
  next(): Promise<Tree>;
  /** How the server closed the connection; waits for it. */
  readonly end: Promise<Tree>;
  stop(): void;
}

interface InboxWriter extends Inbox {
  readonly sink: { next(value: unknown): void; error(error: unknown): void; complete(): void };
  closed(event: unknown): void;
}

export function createInbox(leave: () => void): InboxWriter {
  const events: unknown[] = [];
  const waiting: { resolve(event: unknown): void; reject(error: unknown): void }[] = [];
  let failure: unknown;
  let closed: (event: unknown) => void = () => undefined;
  const end = new Promise<Tree>((resolve) => {
    closed = resolve;
  });
  const fail = (error: unknown) => {
    failure = error;
    for (const { reject } of waiting.splice(0)) reject(error);
  };

  return {
    end,
    closed,
    stop: leave,
    next() {
      if (events.length > 0) return Promise.resolve(events.shift());
      if (failure) return Promise.reject(failure);
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    sink: {
      next(event) {
        const reader = waiting.shift();
        if (reader) reader.resolve(event);
        else events.push(event);
      },
      error(error) {
        fail(error);
        closed(error);
      },
      complete() {
        fail(new Error('The subscription completed.'));
        closed('complete');
      },
    },
  };
}
