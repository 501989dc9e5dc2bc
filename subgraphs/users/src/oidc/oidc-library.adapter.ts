import type { Logger } from 'pino';

/**
 * Loads oidc-provider, which takes half a second, when it is first needed. It writes advice to the
 * console as it loads and is configured; that goes to the log.
 */
export async function withOidcLibrary<T>(
  log: Logger,
  use: (library: typeof import('oidc-provider')) => T,
): Promise<T> {
  const { info, warn } = globalThis.console;
  const divert =
    (pass: typeof info): typeof info =>
    (...message) =>
      String(message[0]).startsWith('oidc-provider ')
        ? log.debug(String(message[0]))
        : pass(...message);
  Object.assign(globalThis.console, { info: divert(info), warn: divert(warn) });
  try {
    return use(await import('oidc-provider'));
  } finally {
    Object.assign(globalThis.console, { info, warn });
  }
}
