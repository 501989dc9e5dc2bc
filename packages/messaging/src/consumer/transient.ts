/** Thrown by a handler when something it needs is down: the consumer pauses and tries again without counting. */
export class DependencyDown extends Error {
  constructor(dependency: string, options?: ErrorOptions) {
    super(`${dependency} cannot be reached.`, options);
    this.name = 'DependencyDown';
  }
}

/** Node, PostgreSQL and Prisma codes that blame the surroundings and not the message. */
const transientCode =
  /^(ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EADDRNOTAVAIL|08...|40001|40P01|53...|57P0.|55P03|25P03|P1001|P1002|P1008|P1017|P2024|P2034)$/;

/** How drivers word a lost connection when they give no code. */
const transientMessage =
  /connection (terminated|closed|refused|timeout)|server closed the connection|unable to start a transaction|timeout exceeded when trying to connect|not queryable/i;

/** Whether the same message may succeed later without anyone's doing: it is tried again and never parked. */
export function isTransient(error: unknown): boolean {
  return causesOf(error).some(
    (cause) =>
      cause instanceof DependencyDown ||
      codesOf(cause).some((code) => transientCode.test(code)) ||
      (cause instanceof Error && transientMessage.test(cause.message)),
  );
}

/** The error and what it wraps: `cause`, and Prisma's `meta.driverAdapterError`. */
function causesOf(error: unknown, depth = 0): object[] {
  if (typeof error !== 'object' || error === null || depth > 5) return [];
  const inner = ['cause', 'meta', 'driverAdapterError'].map((name) => member(error, name));
  return [error, ...inner.flatMap((one) => causesOf(one, depth + 1))];
}

const codesOf = (cause: object): string[] =>
  ['code', 'originalCode']
    .map((name) => member(cause, name))
    .filter((code) => typeof code === 'string');

const member = (value: object, name: string): unknown => Reflect.get(value, name);
