import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  buildSchema,
  execute,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import type { SubgraphRequest, SubgraphTransport } from '../../transport/subgraph-transport.ts';
import type { EntityModel, World } from './world.ts';
import { createWorldData, numberOf, type Thing, type WorldData } from './world-data.ts';
import { monolithSdl, subgraphSdl } from './world-sdl.ts';

/** The reference and the subgraphs, over the same data. */
export interface WorldServers {
  readonly monolith: GraphQLSchema;
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
}

export function serveWorld(world: World): WorldServers {
  const monolith = buildSchema(monolithSdl(world));
  const data = createWorldData(world, monolith);
  attach(monolith, world, data, undefined);
  const transports = world.subgraphs.map((name) => [name, createTransport(world, data, name)]);
  return { monolith, transports: Object.fromEntries(transports) };
}

/** @param subgraph undefined for the reference, which asks each field's owner */
function attach(
  schema: GraphQLSchema,
  world: World,
  data: WorldData,
  subgraph: string | undefined,
): void {
  const set = (type: string, field: string, resolve: GraphQLFieldResolver<Thing, unknown>) => {
    const object = schema.getType(type);
    const definition = isObjectType(object) ? object.getFields()[field] : undefined;
    if (definition) definition.resolve = resolve as never;
  };
  for (const field of world.roots) {
    set('Query', field.name, (_source, args) => data.root(field, args));
  }
  for (const name of ['size', 'weight', 'inner']) {
    set('Box', name, (source) => data.box(source, name));
  }
  for (const [name, resolve] of Object.entries(outsiderResolvers(world, data, subgraph))) {
    set('Named', name, resolve);
  }
  for (const entity of world.entities) {
    for (const name of ['id', 'org', 'no', 'ref']) {
      set(entity.name, name, (source) => data.keyField(source, name));
    }
    for (const field of entity.fields) {
      const by = subgraph ?? field.owners[0] ?? '';
      set(entity.name, field.name, (source, args) =>
        field.overriddenIn === by
          ? 'an overridden field was asked for'
          : data.entity(entity, source, field, args, by),
      );
    }
  }
}

/** For the subgraph to which what implements the interface is the interface. */
function outsiderResolvers(
  world: World,
  data: WorldData,
  subgraph: string | undefined,
): Record<string, GraphQLFieldResolver<Thing, unknown>> {
  if (subgraph === undefined || subgraph !== world.named?.outsider) return {};
  return {
    id: (source) => data.keyField(source, 'id'),
    stars: (source, args) => {
      const kind = source.kind ?? source.__typename;
      const entity = world.entities.find(({ name }) => name === kind);
      const field = entity?.fields.find(({ name }) => name === 'stars');
      if (!entity || !field) throw new Error('There are no stars.');
      return data.entity(entity, source, field, args, subgraph);
    },
  };
}

/** The interface's own reference: what implements it is in the id. */
const namedReference = {
  __resolveReference: ({ id }: { id: string }): Thing => {
    const [kind = '', number = ''] = id.split('-');
    return { __typename: kind, number, kind };
  },
};

function createTransport(world: World, data: WorldData, subgraph: string): SubgraphTransport {
  const schema = buildSubgraphSchema({
    typeDefs: parse(subgraphSdl(world, subgraph)),
    resolvers: {
      ...Object.fromEntries(
        world.entities
          .filter(({ keys }) => keys.has(subgraph))
          .map((entity) => [entity.name, referenceResolver(entity, data, subgraph)]),
      ),
      ...(world.named?.outsider !== undefined &&
      [world.named.outsider, world.named.owner].includes(subgraph)
        ? { Named: namedReference }
        : {}),
    } as never,
  });
  attach(schema, world, data, subgraph);
  return {
    async execute({ query, variables, operationName }: SubgraphRequest) {
      const document = parse(query);
      const [fault] = validate(schema, document);
      if (fault) throw new Error(`The plan asks ${subgraph} what is not valid: ${fault.message}`);
      const result = await execute({ schema, document, variableValues: variables, operationName });
      return JSON.parse(JSON.stringify(result));
    },
    subscribe: () => Promise.reject(new Error('no subscriptions here')),
    ready: async () => true,
  };
}

const referenceResolver = (entity: EntityModel, data: WorldData, subgraph: string) => ({
  __resolveReference(representation: Record<string, unknown>): Thing | null {
    const number = numberOf(representation);
    if (data.isAbsent(entity, number, subgraph)) return null;
    return { __typename: entity.name, number, representation };
  },
});
