import { type GraphQLSchema, isAbstractType, isInterfaceType, isObjectType } from 'graphql';

/** Questions about types by their names, as answers carry them in `__typename`. */
export interface TypeNames {
  isInterface(name: string): boolean;
  isObject(name: string): boolean;
  /** Whether what is a `name` is a `condition`, too: the same, an implementation or a member of it. */
  isA(name: string, condition: string): boolean;
}

export function createTypeNames(schema: GraphQLSchema): TypeNames {
  return {
    isInterface: (name) => isInterfaceType(schema.getType(name)),
    isObject: (name) => isObjectType(schema.getType(name)),
    isA(name, condition) {
      if (name === condition) return true;
      const wider = schema.getType(condition);
      const type = schema.getType(name);
      return (
        isAbstractType(wider) &&
        (isObjectType(type) || isInterfaceType(type)) &&
        schema.isSubType(wider, type)
      );
    },
  };
}
