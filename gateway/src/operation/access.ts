import { type ErrorCode, errorTable } from '@eventxperts/errors';
import type { Caller } from '@eventxperts/identity';
import { GraphQLError } from 'graphql';
import type { AccessRule } from '../supergraph/access-rules.ts';
import type { ProtectedField } from './protected-fields.ts';

/**
 * One error for each selected field that the caller may not read. Any of them refuses the whole
 * operation before the first fetch; the subgraphs enforce the same rules again.
 */
export function refusals(
  fields: readonly ProtectedField[],
  caller: Caller,
  variables: Readonly<Record<string, unknown>>,
): GraphQLError[] {
  if (fields.length === 0) return [];
  const scopes = scopesOf(caller);
  return fields
    .filter(({ conditions }) => conditions.every((c) => variables[c.variable] === c.selectedWhen))
    .flatMap(({ path, rule }) => {
      const code = refusalOf(rule, scopes);
      return code ? [refusal(code, path)] : [];
    });
}

/** Roles are an account's. A guest's token opens its own invitation and no protected field. */
const scopesOf = (caller: Caller): ReadonlySet<string> | undefined =>
  caller.kind === 'user' ? new Set(caller.roles.map((role) => `role:${role}`)) : undefined;

function refusalOf(
  { anyOf }: AccessRule,
  held: ReadonlySet<string> | undefined,
): 'UNAUTHENTICATED' | 'FORBIDDEN' | undefined {
  if (!held) return 'UNAUTHENTICATED';
  return anyOf.some((scopes) => scopes.every((scope) => held.has(scope))) ? undefined : 'FORBIDDEN';
}

const refusal = (code: ErrorCode, path: readonly string[]): GraphQLError =>
  new GraphQLError(errorTable[code].meaning, {
    path,
    extensions: { code, http: { status: errorTable[code].status } },
  });
