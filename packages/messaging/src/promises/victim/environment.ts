import { z } from 'zod';

const size = z.object({ seed: z.number(), keys: z.number(), changes: z.number() });

const bus = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('postgres'), url: z.string() }),
  z.object({ kind: z.literal('kafka'), brokers: z.array(z.string()), prefix: z.string() }),
]);

const order = z.discriminatedUnion('role', [
  z.object({
    role: z.literal('writer'),
    databaseUrl: z.string(),
    plan: size,
    /** Changes under way at the same time. */
    lanes: z.number().default(1),
    /** Takes away the row lock, to see what it was for. */
    withoutRowLock: z.boolean().default(false),
  }),
  z.object({ role: z.literal('relay'), databaseUrl: z.string(), bus }),
  z.object({ role: z.literal('republisher'), databaseUrl: z.string(), bus }),
  z.object({
    role: z.literal('consumer'),
    databaseUrl: z.string(),
    bus,
    /** The value no handler can take; every other passes. */
    poison: z.string().optional(),
  }),
  z.object({ role: z.literal('redriver'), databaseUrl: z.string(), bus }),
]);

export type BusAddress = z.infer<typeof bus>;
export type Order = z.input<typeof order>;
export type OrderFor<Role extends Order['role']> = Extract<z.infer<typeof order>, { role: Role }>;

/** What this process is to be, from the variable ORDER (JSON). */
export const readOrder = (environment: NodeJS.ProcessEnv) =>
  order.parse(JSON.parse(environment.ORDER ?? ''));
