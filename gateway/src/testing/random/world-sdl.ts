import type { EntityModel, FieldModel, Key, World } from './world.ts';

const link =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@override", "@interfaceObject"])';

const common = `
  enum Colour { RED GREEN BLUE }
`;
const box = (directive: string) => `
  type Box ${directive} { size: Int weight: Float! inner: [Colour] }
`;
const keyFields: Record<Key, string> = {
  id: 'id: ID!',
  'org no': 'org: String! no: Int!',
  'ref { code }': 'ref: Ref!',
};
const refType = (directive: string) => `type Ref ${directive} { code: String! }`;
const argumentsOf = ({ hasArguments }: FieldModel) =>
  hasArguments ? '(n: Int, colour: Colour = RED)' : '';
const declared = (field: FieldModel) => `${field.name}${argumentsOf(field)}: ${field.type}`;

/** One schema for everything, without federation: the reference. */
export function monolithSdl(world: World): string {
  const types = world.entities.map((entity) => {
    const known = new Set([...entity.keys.values()].flat());
    const fields = [...[...known].map((key) => keyFields[key]), ...entity.fields.map(declared)];
    return `type ${entity.name} ${implementing(world, entity)} { ${fields.join(' ')} }`;
  });
  return [
    common,
    box(''),
    refType(''),
    ...(world.named ? [`interface Named { ${outside(world)} label: String extra: Int }`] : []),
    `union Any = ${world.union.join(' | ')}`,
    ...types,
    `type Query { ${world.roots.map(declared).join(' ')} }`,
  ].join('\n');
}

const outside = ({ named }: World): string => (named?.outsider ? 'id: ID! stars: Int' : '');

const isNamed = ({ named }: World, { name }: EntityModel): boolean =>
  named?.members.includes(name) ?? false;
const implementing = (world: World, entity: EntityModel): string =>
  isNamed(world, entity) ? 'implements Named' : '';

export function subgraphSdl(world: World, subgraph: string): string {
  const here = world.entities.filter(({ keys }) => keys.has(subgraph));
  const members = here.filter(({ name }) => world.union.includes(name)).map(({ name }) => name);
  const roots = world.roots.filter(({ owners }) => owners.includes(subgraph));
  const owns = world.named?.owner === subgraph;
  const keyed = owns && world.named?.outsider !== undefined;
  const extra = owns ? `extra: Int ${keyed ? 'id: ID!' : ''}` : '';
  return [
    link,
    common,
    box('@shareable'),
    refType('@shareable'),
    ...(here.some((entity) => isNamed(world, entity))
      ? [`interface Named ${keyed ? '@key(fields: "id")' : ''} { label: String ${extra} }`]
      : []),
    ...(world.named?.outsider === subgraph
      ? ['type Named @key(fields: "id") @interfaceObject { id: ID! stars: Int }']
      : []),
    ...(members.length > 0 ? [`union Any = ${members.join(' | ')}`] : []),
    ...here.map((entity) => entitySdl(world, entity, subgraph)),
    `type Query { ${roots.map(declared).join(' ')} }`,
  ].join('\n');
}

function entitySdl(world: World, entity: EntityModel, subgraph: string): string {
  const keys = entity.keys.get(subgraph) ?? [];
  const fields = [
    ...keys.map((key) => keyFields[key]),
    ...entity.fields.flatMap((field) => fieldSdl(world, entity, field, subgraph)),
  ];
  const keyDirectives = keys.map((key) => `@key(fields: "${key}")`).join(' ');
  return `type ${entity.name} ${implementing(world, entity)} ${keyDirectives} { ${fields.join(' ')} }`;
}

function fieldSdl(
  world: World,
  entity: EntityModel,
  field: FieldModel,
  subgraph: string,
): string[] {
  if (field.owners.includes('*')) return [`${declared(field)} @shareable`];
  if (field.owners.includes(subgraph)) {
    const shared = field.owners.length > 1 || isProvided(world, entity, field);
    return [`${declared(field)} ${directives(field)} ${shared ? '@shareable' : ''}`];
  }
  if (field.overriddenIn === subgraph) return [declared(field)];
  return isExternal(world, entity, field, subgraph) ? [`${declared(field)} @external`] : [];
}

const directives = ({ requires, provides, overriddenIn }: FieldModel): string =>
  [
    requires ? `@requires(fields: "${requires.join(' ')}")` : '',
    provides ? `@provides(fields: "${provides.join(' ')}")` : '',
    overriddenIn === undefined ? '' : `@override(from: "${overriddenIn}")`,
  ].join(' ');

const plainName = (type: string): string => type.replaceAll(/[[\]!]/g, '');

/** By any subgraph, or by this one. */
const isProvided = (world: World, entity: EntityModel, { name }: FieldModel, subgraph?: string) =>
  world.entities.some(({ fields }) =>
    fields.some(
      ({ type, owners, provides = [] }) =>
        (subgraph === undefined || owners.includes(subgraph)) &&
        plainName(type) === entity.name &&
        provides.includes(name),
    ),
  );

const isExternal = (world: World, entity: EntityModel, field: FieldModel, subgraph: string) =>
  entity.fields.some(
    ({ requires = [], owners }) =>
      owners.includes(subgraph) && requires.some((each) => each.replace(/\(.*/, '') === field.name),
  ) || isProvided(world, entity, field, subgraph);
