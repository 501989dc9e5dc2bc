import {
  type ColumnType,
  ColumnTypeEnum,
  type SqlQuery,
  type SqlQueryable,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import type pg from 'pg';

/** The type "char" of the system catalogues. */
const internalChar = 18;
/** A type that adapter-pg knows. */
const blankPaddedChar = 1042;

/** Which columns of a result were "char", by the array of its rows. */
const characterColumns = new WeakMap<object, ReadonlySet<number>>();

/**
 * The schema engine reads catalogue columns of type "char", which adapter-pg refuses. This shows the
 * adapter another type and remembers where; `queryWithCharacters` puts the right one back.
 */
export function hideCharacters<Source extends pg.Pool | pg.PoolClient>(source: Source): Source {
  return new Proxy(source, {
    get(target, key) {
      if (key === 'query') {
        return async (config: pg.QueryArrayConfig) => remember(await target.query(config));
      }
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      if (key !== 'connect') return value.bind(target);
      return async () => hideCharacters(await value.call(target));
    },
  });
}

/** A script of several statements answers with several results, of which none is read. */
function remember(
  result: pg.QueryArrayResult | pg.QueryArrayResult[],
): pg.QueryArrayResult | pg.QueryArrayResult[] {
  if (Array.isArray(result)) return result;
  const found = new Set<number>();
  for (const [index, field] of result.fields.entries()) {
    if (field.dataTypeID !== internalChar) continue;
    field.dataTypeID = blankPaddedChar;
    found.add(index);
  }
  characterColumns.set(result.rows, found);
  return result;
}

export async function queryWithCharacters(
  queryable: SqlQueryable,
  query: SqlQuery,
): Promise<SqlResultSet> {
  const result = await queryable.queryRaw(query);
  const characters = characterColumns.get(result.rows);
  const columnTypes = result.columnTypes.map(
    (type, index): ColumnType => (characters?.has(index) ? ColumnTypeEnum.Character : type),
  );
  return { ...result, columnTypes };
}
