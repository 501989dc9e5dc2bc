import type { Dice } from './dice.ts';

/** A supergraph to be split: what each type has, and which subgraphs resolve it. */
export interface World {
  readonly seed: number;
  readonly subgraphs: readonly string[];
  readonly entities: readonly EntityModel[];
  readonly roots: readonly FieldModel[];
  /** The entities that implement `Named`, and the subgraph that alone owns its field `extra`. */
  readonly named: NamedModel | undefined;
  readonly union: readonly string[];
}

export interface NamedModel {
  readonly members: readonly string[];
  readonly owner: string;
  /** The subgraph that knows the interface alone, as an `@interfaceObject`, and owns its field `stars`. */
  readonly outsider: string | undefined;
}

/** As a `@key` writes it. */
export type Key = 'id' | 'org no' | 'ref { code }';

export interface EntityModel {
  readonly name: string;
  readonly fields: FieldModel[];
  /** By subgraph, the keys by which it can be found there. */
  readonly keys: Map<string, readonly Key[]>;
  /** Whether subgraphs may not know some of the entities that others name. */
  mayBeAbsent: boolean;
}

export interface FieldModel {
  readonly name: string;
  /** Such as `[Thing!]!`. */
  readonly type: string;
  /** The subgraphs that resolve it; more than one where it is `@shareable`. */
  readonly owners: readonly string[];
  readonly hasArguments: boolean;
  /** Other fields of the entity whose values it is made of, as `@requires` writes them. */
  readonly requires?: readonly string[];
  /** The subgraph that it was taken from by `@override`; its answers would be wrong. */
  readonly overriddenIn?: string;
  /** Fields that its owner also resolves on the entity it leads to. */
  readonly provides?: readonly string[];
  mayFail: boolean;
}

const scalars = ['String', 'Int', 'Float', 'Boolean', 'ID', 'Colour'] as const;
const shapes = ['T', 'T!', '[T]', '[T!]!', '[[T]]', '[[T!]!]'] as const;
const keys: readonly [Key, ...Key[]] = ['id', 'id', 'org no', 'ref { code }'];

export function randomWorld(dice: Dice): World {
  const subgraphs = Array.from({ length: dice.int(2, 4) }, (_, index) => `s${index}`);
  const entities = Array.from({ length: dice.int(2, 4) }, (_, index) =>
    randomEntity(dice, `E${index}`, subgraphs),
  );
  for (const entity of entities) addFields(dice, entity, entities);
  const named = dice.chance(60) ? makeNamed(dice, entities, subgraphs) : undefined;
  const union = dice.some(entities).map(({ name }) => name);
  const world: World = {
    seed: dice.int(0, 1_000_000),
    subgraphs,
    entities,
    roots: [],
    named,
    union,
  };
  const abstract = [...(named ? ['Named'] : []), 'Any'];
  for (const entity of entities) addAbstractField(dice, entity, abstract, world);
  for (const entity of entities) {
    addRequires(dice, entity);
    addProvides(dice, entity, entities);
  }
  return { ...world, roots: randomRoots(dice, world, abstract) };
}

function randomEntity(dice: Dice, name: string, subgraphs: readonly string[]): EntityModel {
  const first = dice.pick(keys);
  const second = dice.pick(keys);
  const known = new Map<string, readonly Key[]>();
  for (const subgraph of dice.some(subgraphs)) {
    const both = dice.chance(30) ? [...new Set([first, second])] : [first];
    known.set(subgraph, dice.chance(8) ? [second] : both);
  }
  return { name, fields: [], keys: known, mayBeAbsent: false };
}

const firstKey = ({ keys: known }: EntityModel): readonly Key[] => [...known.values()][0] ?? ['id'];

/** A subgraph that names an entity has a stub of it. */
function ensureKnown(entity: EntityModel, subgraph: string): void {
  if (!entity.keys.has(subgraph)) entity.keys.set(subgraph, firstKey(entity).slice(0, 1));
}

function addFields(dice: Dice, entity: EntityModel, entities: readonly EntityModel[]): void {
  const homes = [...entity.keys.keys()];
  entity.mayBeAbsent =
    dice.chance(40) && [...entity.keys.values()].every((each) => each.length === 1);
  const count = dice.int(2, 5);
  for (let index = 0; index < count; index++) {
    const owner = dice.pick(nonEmpty(homes));
    const other = homes.find((home) => home !== owner);
    const named = dice.chance(35)
      ? dice.pick(nonEmpty(entities)).name
      : dice.chance(20)
        ? 'Box'
        : dice.pick(scalars);
    const target = entities.find(({ name }) => name === named);
    if (target) ensureKnown(target, owner);
    const shared = !target && other !== undefined && dice.chance(20);
    const overridden = !target && !shared && other !== undefined && dice.chance(15);
    if (shared) entity.mayBeAbsent = false;
    entity.fields.push({
      name: `f${index}`,
      type: dice.pick(shapes).replace('T', named),
      owners: shared && other !== undefined ? [owner, other] : [owner],
      hasArguments: dice.chance(25),
      ...(overridden && other !== undefined ? { overriddenIn: other } : {}),
      mayFail: true,
    });
  }
}

/** An interface of some entities, with a field that all their subgraphs have and one that one has. */
function makeNamed(
  dice: Dice,
  entities: readonly EntityModel[],
  subgraphs: readonly string[],
): NamedModel {
  const members = dice.some(entities);
  const owner = dice.pick(nonEmpty(subgraphs));
  const outsider = subgraphs.find(
    (subgraph) => subgraph !== owner && members.every(({ keys: known }) => !known.has(subgraph)),
  );
  for (const member of members) {
    ensureKnown(member, owner);
    // The interface is found by its id, and so is whatever implements it.
    if (outsider !== undefined) {
      for (const subgraph of member.keys.keys()) member.keys.set(subgraph, ['id']);
      member.fields.push({
        name: 'stars',
        type: 'Int',
        owners: [outsider],
        hasArguments: false,
        mayFail: true,
      });
    }
    member.mayBeAbsent = false;
    const field = { hasArguments: false, mayFail: true };
    member.fields.push({ name: 'label', type: 'String', owners: ['*'], ...field });
    member.fields.push({ name: 'extra', type: 'Int', owners: [owner], ...field });
  }
  return { members: members.map(({ name }) => name), owner, outsider };
}

function addAbstractField(
  dice: Dice,
  entity: EntityModel,
  abstract: readonly string[],
  world: Omit<World, 'roots'>,
): void {
  if (!dice.chance(40)) return;
  const named = dice.pick(nonEmpty(abstract));
  const members = named === 'Named' ? (world.named?.members ?? []) : world.union;
  const owner = [...entity.keys.keys()].find((subgraph) =>
    world.entities.some(({ name, keys: known }) => members.includes(name) && known.has(subgraph)),
  );
  if (owner === undefined) return;
  entity.fields.push({
    name: 'abstract',
    type: dice.pick(['T', '[T]', '[T!]', '[[T]]'] as const).replace('T', named),
    owners: [owner],
    hasArguments: false,
    mayFail: true,
  });
}

function addRequires(dice: Dice, entity: EntityModel): void {
  if (!dice.chance(50) || entity.keys.size < 2) return;
  const home = dice.pick(nonEmpty([...entity.keys.keys()]));
  const candidates = entity.fields.filter(
    ({ name, owners, type, requires, overriddenIn }) =>
      // An interface object's field would be fetched, and its failure told, of other entities, too.
      name !== 'stars' &&
      !owners.includes(home) &&
      !owners.includes('*') &&
      overriddenIn === undefined &&
      requires === undefined &&
      scalars.some((scalar) => type.replaceAll(/[[\]!]/g, '') === scalar),
  );
  if (candidates.length === 0) return;
  const needed = dice.some(candidates);
  for (const field of needed) field.mayFail = false;
  entity.mayBeAbsent = false;
  entity.fields.push({
    name: 'made',
    type: dice.pick(['String', 'String!'] as const),
    owners: [home],
    hasArguments: false,
    requires: needed.map(({ name, hasArguments }) => (hasArguments ? `${name}(n: 7)` : name)),
    mayFail: true,
  });
}

function addProvides(dice: Dice, entity: EntityModel, entities: readonly EntityModel[]): void {
  for (const [index, field] of entity.fields.entries()) {
    const target = entities.find(({ name }) => name === field.type.replaceAll(/[[\]!]/g, ''));
    const [owner] = field.owners;
    if (!target || owner === undefined || !dice.chance(30)) continue;
    const provided = target.fields.filter(
      ({ owners, type, requires, overriddenIn, hasArguments }) =>
        !owners.includes(owner) &&
        !owners.includes('*') &&
        owners.length === 1 &&
        requires === undefined &&
        overriddenIn === undefined &&
        !hasArguments &&
        scalars.some((scalar) => type.replaceAll(/[[\]!]/g, '') === scalar),
    );
    if (provided.length === 0) continue;
    target.mayBeAbsent = false;
    entity.fields[index] = { ...field, provides: dice.some(provided).map(({ name }) => name) };
  }
}

function randomRoots(dice: Dice, world: World, abstract: readonly string[]): FieldModel[] {
  return world.subgraphs.flatMap((subgraph) =>
    Array.from({ length: dice.int(1, 2) }, (_, index) => {
      const here = world.entities.filter(({ keys: known }) => known.has(subgraph));
      const abstractHere = abstract.filter((name) =>
        here.some((entity) =>
          (name === 'Named' ? (world.named?.members ?? []) : world.union).includes(entity.name),
        ),
      );
      const outside = world.named?.outsider === subgraph ? ['Named'] : [];
      const names = [...here.map(({ name }) => name), ...abstractHere, ...outside];
      return {
        name: `${subgraph}q${index}`,
        type: dice.pick(shapes).replace('T', names.length > 0 ? dice.pick(nonEmpty(names)) : 'Int'),
        owners: [subgraph],
        hasArguments: dice.chance(30),
        mayFail: dice.chance(30),
      };
    }),
  );
}

export function nonEmpty<T>(items: readonly T[]): readonly [T, ...T[]] {
  const [first, ...rest] = items;
  if (first === undefined) throw new Error('nothing to choose from');
  return [first, ...rest];
}
