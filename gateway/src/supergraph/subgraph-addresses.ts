import { type ConstDirectiveNode, Kind, parse } from 'graphql';

export interface SubgraphAddress {
  readonly name: string;
  readonly url: string;
}

/** The subgraphs and where they are, as `join__Graph` in the supergraph says. */
export function subgraphAddresses(supergraphSdl: string): SubgraphAddress[] {
  const addresses: SubgraphAddress[] = [];
  for (const definition of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (definition.kind !== Kind.ENUM_TYPE_DEFINITION) continue;
    if (definition.name.value !== 'join__Graph') continue;
    for (const { directives = [] } of definition.values ?? []) {
      const graph = directives.find(({ name }) => name.value === 'join__graph');
      if (graph) addresses.push({ name: argument(graph, 'name'), url: argument(graph, 'url') });
    }
  }
  return addresses;
}

function argument(directive: ConstDirectiveNode, name: string): string {
  const value = directive.arguments?.find((each) => each.name.value === name)?.value;
  return value?.kind === Kind.STRING ? value.value : '';
}
