/**
 * The part of a Prisma transaction that the platform packages use, so that their rows are written in
 * the domain's own transaction without knowing the domain's client.
 */
export interface SqlTransaction {
  $queryRawUnsafe<T = unknown>(sql: string, ...values: unknown[]): Promise<T>;
  $executeRawUnsafe(sql: string, ...values: unknown[]): Promise<number>;
}
