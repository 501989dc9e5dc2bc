import {
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
  isSpecifiedScalarType,
} from 'graphql';

/** Names that say all there is to say. */
const selfExplaining = new Set([
  'id',
  'ids',
  'input',
  'nodes',
  'pageInfo',
  'totalCount',
  'first',
  'after',
  'cursor',
]);

/** Coordinates of what a client meets undescribed: types, fields, arguments, enum values. */
export function missingDescriptions(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type))
    .flatMap((type) => [...undescribed(type.name, type, isRoot(schema, type)), ...membersOf(type)]);
}

function membersOf(type: GraphQLNamedType): string[] {
  if (isEnumType(type)) return enumValues(type);
  if (isInputObjectType(type)) return inputFields(type);
  if (isObjectType(type) || isInterfaceType(type)) return outputFields(type);
  return [];
}

const enumValues = (type: GraphQLEnumType): string[] =>
  type.getValues().flatMap((value) => undescribed(`${type.name}.${value.name}`, value));

const inputFields = (type: GraphQLInputObjectType): string[] =>
  Object.values(type.getFields()).flatMap((field) =>
    undescribed(`${type.name}.${field.name}`, field, selfExplaining.has(field.name)),
  );

const outputFields = (type: GraphQLObjectType | GraphQLInterfaceType): string[] =>
  Object.values(type.getFields()).flatMap((field) => {
    const coordinate = `${type.name}.${field.name}`;
    return [
      ...undescribed(coordinate, field, selfExplaining.has(field.name)),
      ...field.args.flatMap((argument) =>
        undescribed(
          `${coordinate}(${argument.name}:)`,
          argument,
          selfExplaining.has(argument.name),
        ),
      ),
    ];
  });

function undescribed(
  coordinate: string,
  thing: { readonly description?: string | null | undefined },
  exempt = false,
): string[] {
  return exempt || thing.description?.trim() ? [] : [coordinate];
}

const isRoot = (schema: GraphQLSchema, type: GraphQLNamedType): boolean =>
  type === schema.getQueryType() ||
  type === schema.getMutationType() ||
  type === schema.getSubscriptionType();
