import { type ObjectTypeDefinitionNode, parse } from 'graphql';

/**
 * What a subgraph brings, by name: the entities it owns, or where it has none, its own object types.
 * What it only refers to is a stub without a description.
 */
export function ownTypes(sdl: string): string[] {
  const own = parse(sdl)
    .definitions.filter(isObject)
    .filter(({ description }) => description);
  const entities = own.filter(({ directives }) => directives?.some(isKey));
  return (entities.length > 0 ? entities : own).map(({ name }) => name.value);
}

const isObject = (definition: { readonly kind: string }): definition is ObjectTypeDefinitionNode =>
  definition.kind === 'ObjectTypeDefinition';

const isKey = ({ name }: { readonly name: { readonly value: string } }): boolean =>
  name.value === 'key';
