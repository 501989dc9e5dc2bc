import { CodedError } from '@eventxperts/errors';
import type { Caller } from '@eventxperts/identity';
import {
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';

interface Access {
  readonly anyOf: readonly (readonly string[])[];
}

/**
 * Wraps every field that declares `@authenticated` or `@requiresScopes`, so that the declaration in
 * the schema and the refusal at run time cannot drift apart.
 */
export function enforceAccess(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const access = declaredAccess(type, field);
      if (access) guard(field, access);
    }
  }
}

function declaredAccess(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, { caller: Caller }>,
): Access | undefined {
  const directives = [
    ...(type.astNode?.directives ?? []),
    ...type.extensionASTNodes.flatMap((node) => node.directives ?? []),
    ...(field.astNode?.directives ?? []),
  ];
  const scopes = directives.find(({ name }) => name.value === 'requiresScopes');
  if (scopes) {
    const [argument] = scopes.arguments ?? [];
    return { anyOf: argument ? scopeLists(valueFromASTUntyped(argument.value)) : [] };
  }
  return directives.some(({ name }) => name.value === 'authenticated')
    ? { anyOf: [[]] }
    : undefined;
}

function scopeLists(value: unknown): string[][] {
  if (!Array.isArray(value)) throw new TypeError('@requiresScopes takes lists of scopes');
  return value.map((scopes) => (Array.isArray(scopes) ? scopes.map(String) : [String(scopes)]));
}

function guard(field: GraphQLField<unknown, { caller: Caller }>, access: Access): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, args, context, info) => {
    assertAccess(context.caller, access);
    return resolve(source, args, context, info);
  };
  if (!field.subscribe) return;
  const { subscribe } = field;
  field.subscribe = (source, args, context, info) => {
    assertAccess(context.caller, access);
    return subscribe(source, args, context, info);
  };
}

function assertAccess(caller: Caller, { anyOf }: Access): void {
  if (caller.kind !== 'user') throw new CodedError('UNAUTHENTICATED');
  const held = new Set<string>(caller.roles.map((role) => `role:${role}`));
  if (!anyOf.some((scopes) => scopes.every((scope) => held.has(scope)))) {
    throw new CodedError('FORBIDDEN');
  }
}
