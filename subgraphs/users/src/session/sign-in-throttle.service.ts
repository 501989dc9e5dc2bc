import { createHash } from 'node:crypto';
import { CodedError } from '@eventxperts/errors';
import type { PrismaClient } from '../generated/prisma/client.ts';

export interface SignInThrottle {
  /**
   * Counts an attempt as failed before the password is looked at, so that attempts sent at once are
   * all counted. @throws CodedError RATE_LIMITED with `retryAfter` in seconds.
   */
  attempt(email: string): Promise<void>;
  succeeded(email: string): Promise<void>;
}

// Five attempts are free; then the wait doubles from one second to a minute. The cap is what keeps an
// attacker from locking the owner out: a minute later one attempt is free again.
const countAttempt = `
  INSERT INTO sign_in_throttle AS past (key, failures, blocked_until, expires_at)
  VALUES ($1, 1, now(), now() + interval '15 minutes')
  ON CONFLICT (key) DO UPDATE SET
    failures = CASE WHEN past.expires_at < now() THEN 1 ELSE past.failures + 1 END,
    blocked_until = now() + interval '1 second' * CASE
      WHEN past.expires_at < now() OR past.failures < 5 THEN 0
      ELSE least(power(2, least(past.failures - 5, 10)), 60) END,
    expires_at = now() + interval '15 minutes'
  WHERE past.blocked_until <= now()`;

export function createSignInThrottle(prisma: PrismaClient): SignInThrottle {
  return {
    async attempt(email) {
      const key = keyOf(email);
      const counted = await prisma.$executeRawUnsafe(countAttempt, key);
      if (counted > 0) return;
      const blocked = await prisma.signInThrottle.findUnique({ where: { key } });
      const wait = (blocked?.blockedUntil.getTime() ?? 0) - Date.now();
      throw new CodedError('RATE_LIMITED', 'Too many attempts to sign in. Wait a little.', {
        extensions: { retryAfter: Math.max(1, Math.ceil(wait / 1000)) },
      });
    },

    async succeeded(email) {
      await prisma.signInThrottle.deleteMany({ where: { key: keyOf(email) } });
    },
  };
}

/** Hashed: people type passwords where the address belongs. */
const keyOf = (email: string): string => createHash('sha256').update(email).digest('base64url');
