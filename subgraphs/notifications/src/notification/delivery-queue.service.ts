import type { Notification, PrismaClient } from '../generated/prisma/client.ts';

/** As the table's check has it. */
export const maxAttempts = 8;

const batch = 20;

/** How long a delivery may take before another process may try: longer than any mail server's time-out. */
const lease = '2 minutes';

/**
 * Counts an attempt and keeps every other process off the row for the lease. What is due waits here
 * until its event has arrived, for the title and the time, and is published: a draft may still change.
 */
const claim = `
  with due as (
    select n.id from notification n
    join platform.event_access e on e.event_id = n.event_id and e.status = 'PUBLISHED'
    where n.status = 'PENDING' and n.due_at <= now() and n.attempts < ${maxAttempts}
    order by n.due_at, n.id limit ${batch} for update of n skip locked
  )
  update notification n set attempts = n.attempts + 1, due_at = now() + interval '${lease}'
  from due where n.id = due.id returning n.id`;

export async function claimDue(prisma: PrismaClient): Promise<Notification[]> {
  const claimed = await prisma.$queryRawUnsafe<{ id: string }[]>(claim);
  if (claimed.length === 0) return [];
  return prisma.notification.findMany({ where: { id: { in: claimed.map(({ id }) => id) } } });
}

/** Those whose process ended during the last attempt: nobody else will end them. */
export const takeExhausted = (prisma: PrismaClient): Promise<Notification[]> =>
  prisma.notification.findMany({
    where: { status: 'PENDING', attempts: maxAttempts, dueAt: { lte: new Date() } },
    take: batch,
  });

const firstWaitMs = 5_000;
const longestWaitMs = 3_600_000;

/** 5 s after the first attempt, then four times as long each, at most an hour; spread by a quarter. */
export function retryAt(attempts: number, random = Math.random): Date {
  const wait = Math.min(firstWaitMs * 4 ** (attempts - 1), longestWaitMs);
  return new Date(Date.now() + wait * (1 + random() / 4));
}
