import type { Job } from '@eventxperts/subgraph';
import type { PrismaClient } from '../generated/prisma/client.ts';

/** Deletes what the issuer no longer honours: it reads an expired row as gone already. */
export const expiredSessions = (prisma: Pick<PrismaClient, 'oidcModel'>): Job => ({
  name: 'delete expired sessions',
  everyMs: 600_000,
  async run() {
    await prisma.oidcModel.deleteMany({ where: { expiresAt: { lt: new Date() } } });
  },
});
