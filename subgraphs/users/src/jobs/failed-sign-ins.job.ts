import type { Job } from '@eventxperts/subgraph';
import type { PrismaClient } from '../generated/prisma/client.ts';

/** Forgets attempts to sign in whose quarter of an hour has passed. */
export const failedSignIns = (prisma: Pick<PrismaClient, 'signInThrottle'>): Job => ({
  name: 'forget failed sign-ins',
  everyMs: 600_000,
  async run() {
    await prisma.signInThrottle.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  },
});
