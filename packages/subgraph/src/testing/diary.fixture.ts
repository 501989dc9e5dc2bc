import { CodedError } from '@eventxperts/errors';
import { anonymous, type Caller, type UserCaller } from '@eventxperts/identity';
import type { Messaging } from '@eventxperts/messaging';
import DataLoader from 'dataloader';
import { pino } from 'pino';
import { z } from 'zod';
import { createSubgraph } from '../create-subgraph.ts';
import { defineSubgraph, type Route } from '../define-subgraph.ts';
import { userNamed } from './callers.ts';
import { type DiaryContext, DiaryResolver } from './diary-resolvers.fixture.ts';
import { silentBus } from './silent-bus.ts';

/** A subgraph without a database: pages in memory, changes told by `emit`, everything observable. */
export function createDiary() {
  const pages = new Map<string, string>([['1', 'Mehendi at noon.']]);
  const revoked = new Set<string>();
  const callers = new Map<string, Caller>();
  const faults: unknown[] = [];
  const source = createChanges();
  let reads = 0;
  let isReady = true;

  const definition = defineSubgraph({
    name: 'diary',
    environment: z.object({}),
    resolvers: [DiaryResolver],
    references: {
      Entry: ({ id }, { entries }: DiaryContext) => entries.load(String(id)),
    },
    create: () => ({
      context: ({ caller }): DiaryContext => ({
        caller,
        reads: () => reads,
        changes: source.open,
        entries: new DataLoader(async (ids) => {
          reads += 1;
          return ids.map((id) => {
            const text = pages.get(id);
            return text === undefined ? null : { id, text, at: new Date('2027-02-14T06:30:00Z') };
          });
        }),
      }),
      messaging: idleMessaging,
      revocation: { isRevoked: async ({ id }) => revoked.has(id) },
      janitor: { name: 'nothing to forget', everyMs: 60_000, run: async () => undefined },
      routes: [echo],
      start: async () => undefined,
      ready: async () => isReady,
      stop: async () => undefined,
    }),
  });

  const subgraph = createSubgraph(definition, {
    config: {},
    databaseUrl: 'postgres://none',
    poolSize: 1,
    bus: silentBus,
    verifier: {
      async verify(authorization) {
        if (authorization === undefined) return anonymous;
        const caller = callers.get(authorization);
        if (!caller) throw new CodedError('UNAUTHENTICATED');
        return caller;
      },
    },
    log: pino({
      level: 'error',
      hooks: { logMethod: (args) => void faults.push(args[0]) },
    }),
  });

  return {
    definition,
    subgraph,
    pages,
    faults,
    revoked,
    emit: source.emit,
    open: source.count,
    setReady: (ready: boolean) => {
      isReady = ready;
    },
    /** An `authorization` that is good for this user. */
    tokenOf(user: UserCaller): string {
      callers.set(`Bearer ${user.token}`, user);
      return `Bearer ${user.token}`;
    },
  };
}

export type Diary = ReturnType<typeof createDiary>;

export const ravi = userNamed('01890000-0000-7000-8000-000000000001');
export const organizer = userNamed('01890000-0000-7000-8000-000000000002', ['ORGANIZER']);

const echo: Route = {
  path: '/echo',
  handle: (request, response) => void response.end(request.url),
};

/** A source that ends only by `return()`, so that a leak shows. */
function createChanges() {
  const open = new Set<(id: string) => void>();
  return {
    count: () => open.size,
    emit: (id: string) => {
      for (const push of open) push(id);
    },
    open(): AsyncIterableIterator<string> {
      const waiting: ((result: IteratorResult<string, undefined>) => void)[] = [];
      const buffer: string[] = [];
      const push = (id: string) => {
        const resolve = waiting.shift();
        if (resolve) resolve({ value: id, done: false });
        else buffer.push(id);
      };
      open.add(push);
      return {
        [Symbol.asyncIterator]() {
          return this;
        },
        next() {
          const value = buffer.shift();
          return value === undefined
            ? new Promise((resolve) => waiting.push(resolve))
            : Promise.resolve({ value, done: false });
        },
        async return() {
          open.delete(push);
          for (const resolve of waiting) resolve({ value: undefined, done: true });
          return { value: undefined, done: true };
        },
      };
    },
  };
}

const idleMessaging: Messaging = {
  start: async () => undefined,
  stop: async () => undefined,
  ready: async () => true,
  wake: () => undefined,
  parked: async () => [],
  redrive: async () => 0,
  discardParked: async () => false,
  republish: async () => 0,
  metrics: async () => ({
    outboxDepth: 3,
    outboxOldestSeconds: 0,
    parkedNow: 0,
    published: 0,
    applied: 0,
    parked: 0,
  }),
};
