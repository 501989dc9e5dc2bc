import { CodedError } from '@eventxperts/errors';
import {
  type GraphQLOutputType,
  type GraphQLSchema,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { hash } from './dice.ts';
import type { EntityModel, FieldModel, World } from './world.ts';

/** What resolvers pass on: which entity or box it is, and where it came by reference, by what. */
export interface Thing {
  readonly __typename: string;
  readonly number: string;
  /** Its own type's name, where the subgraph knows it by an interface only. */
  readonly kind?: string;
  readonly representation?: Readonly<Record<string, unknown>>;
}

type Args = Readonly<Record<string, unknown>>;

const colours = ['RED', 'GREEN', 'BLUE'] as const;

/** What every field answers, whichever subgraph is asked: it follows from the world's seed alone. */
export function createWorldData(world: World, schema: GraphQLSchema) {
  const roll = (...parts: readonly unknown[]): number => hash(`${world.seed}|${parts.join('|')}`);
  const entity = (name: string) => world.entities.find((each) => each.name === name);

  /** Members that the subgraph which answers knows. */
  function membersOf(typeName: string, subgraph: string): string[] {
    const names = typeName === 'Named' ? (world.named?.members ?? []) : world.union;
    if (typeName === 'Named' && world.named?.outsider === subgraph) return [...names];
    return names.filter((name) => entity(name)?.keys.has(subgraph));
  }

  function answerOf(type: GraphQLOutputType, subgraph: string, at: string): unknown {
    if (isNonNullType(type)) return some(type.ofType, subgraph, at);
    return roll('null', at) % 100 < 12 ? null : some(type, subgraph, at);
  }

  function some(type: GraphQLOutputType, subgraph: string, at: string): unknown {
    const number = roll('value', at);
    if (isListType(type)) {
      const item = type.ofType;
      return Array.from({ length: number % 4 }, (_, i) => answerOf(item, subgraph, `${at}.${i}`));
    }
    if (isEnumType(type)) return colours[number % 3];
    const { name } = type as { name: string };
    switch (name) {
      case 'Int':
        return number % 1000;
      case 'Float':
        return (number % 1000) / 8;
      case 'Boolean':
        return number % 2 === 0;
      case 'String':
        return number % 7 === 0 ? `"quoted\\ \n ${number} తెలుగు` : `text ${number % 1000}`;
      case 'ID':
        return `id-${number % 1000}`;
      case 'Box':
        return { __typename: 'Box', number: at } satisfies Thing;
    }
    const members = isObjectType(type) ? [name] : membersOf(name, subgraph);
    const member = members[roll('member', at) % members.length] ?? '';
    return { __typename: member, number: String(number % 5) } satisfies Thing;
  }

  const isAbsent = ({ name, mayBeAbsent }: EntityModel, number: string, subgraph: string) =>
    mayBeAbsent && roll('absent', name, number, subgraph) % 100 < 15;

  const fieldType = (parent: string, name: string): GraphQLOutputType => {
    const type = schema.getType(parent);
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (!field) throw new Error(`There is no ${parent}.${name}.`);
    return field.type;
  };

  /** A field that fails, whoever is asked for it. */
  function ownValue(parent: string, number: string, field: FieldModel, args: Args): unknown {
    const at = `${parent}:${number}:${field.name}:${JSON.stringify(args)}`;
    if (field.mayFail && roll('fail', at) % 100 < 8) {
      throw new CodedError('CONFLICT', `boom ${parent}.${field.name}`);
    }
    return answerOf(fieldType(parent, field.name), field.owners[0] ?? '', at);
  }

  function required(source: Thing, owner: EntityModel, text: string): unknown {
    const name = text.replace(/\(.*/, '');
    if (source.representation) return source.representation[name];
    const field = owner.fields.find((each) => each.name === name);
    if (!field) throw new Error(`There is no ${name} to require.`);
    const args = field.hasArguments ? { n: 7, colour: 'RED' } : {};
    return ownValue(owner.name, source.number, field, args);
  }

  return {
    isAbsent,
    root: (field: FieldModel, args: Args) => ownValue('Query', '', field, args),
    box: ({ number }: Thing, name: string) =>
      answerOf(fieldType('Box', name), '', `Box:${number}:${name}`),
    keyField: ({ __typename, number, kind = __typename }: Thing, name: string): unknown =>
      ({
        id: `${kind}-${number}`,
        org: `org-${number}`,
        no: Number(number),
        ref: { code: number },
      })[name],
    entity(owner: EntityModel, source: Thing, field: FieldModel, args: Args, by: string) {
      const subgraph = field.owners.includes('*') ? '' : by;
      if (isAbsent(owner, source.number, subgraph)) throw new CodedError('NOT_FOUND', 'absent');
      if (!field.requires) return ownValue(owner.name, source.number, field, args);
      return JSON.stringify(field.requires.map((text) => required(source, owner, text)));
    },
  };
}

export type WorldData = ReturnType<typeof createWorldData>;

/** Which of its entities a representation means. */
export function numberOf({ id, org, ref }: Readonly<Record<string, unknown>>): string {
  if (typeof id === 'string') return id.replace(/^.*-/, '');
  if (typeof org === 'string') return org.replace(/^.*-/, '');
  if (typeof ref === 'object' && ref !== null && 'code' in ref) return String(ref.code);
  throw new Error('a representation without a key');
}
