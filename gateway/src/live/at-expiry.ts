import type { Caller } from '@eventxperts/identity';

/** The longest that a timer of Node waits; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** Calls back when the caller's token expires. Of an anonymous caller nothing does. */
export function atExpiry(caller: Caller, expired: () => void): { cancel(): void } {
  if (caller.kind === 'anonymous') return { cancel: () => undefined };
  const wait = Math.max(0, caller.expiresAt.getTime() - Date.now());
  const timer = setTimeout(expired, Math.min(wait, longestTimer));
  timer.unref();
  return { cancel: () => clearTimeout(timer) };
}
