import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isLeafType,
  isObjectType,
} from 'graphql';
import type { Dice } from './dice.ts';
import { nonEmpty } from './world.ts';

export interface RandomQuery {
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

const deepest = 4;

/** Any query of a schema: aliases, fragments, conditions, arguments. Some conflict and are not valid. */
export function randomQuery(dice: Dice, schema: GraphQLSchema): RandomQuery {
  const fragments: string[] = [];

  function selectionSet(type: GraphQLNamedType, depth: number): string {
    const count = dice.int(1, depth > 2 ? 2 : 4);
    const selections = Array.from({ length: count }, () => selection(type, depth));
    return `{ ${selections.join(' ')} }`;
  }

  function selection(type: GraphQLNamedType, depth: number): string {
    const fields = isObjectType(type) || isInterfaceType(type) ? type.getFields() : {};
    const names = Object.keys(fields);
    const abstract = isAbstractType(type);
    if (depth > deepest || dice.chance(8)) return `${alias(10)}__typename`;
    if (names.length === 0 || dice.chance(abstract ? 60 : 12)) return fragment(type, depth);
    const field = fields[dice.pick(nonEmpty(names))];
    return field ? fieldSelection(field, depth) : '__typename';
  }

  function fieldSelection(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    const nested = isLeafType(type) ? '' : ` ${selectionSet(type, depth + 1)}`;
    const args = field.args.length > 0 ? argumentsText() : '';
    return `${alias(args === '' ? 15 : 60)}${field.name}${args}${condition()}${nested}`;
  }

  const alias = (percent: number): string =>
    dice.chance(percent) ? `${dice.pick(['a', 'b', 'c', 'd', 'e', 'f0', 'f1'])}: ` : '';

  const argumentsText = (): string =>
    dice.pick(['', '(n: 7)', '(n: 1, colour: BLUE)', '(n: $n)', '(colour: $colour)', '(n: null)']);

  const condition = (): string =>
    dice.chance(12)
      ? dice.pick([
          ' @include(if: $yes)',
          ' @skip(if: $yes)',
          ' @include(if: $no)',
          ' @skip(if: $no)',
          ' @include(if: $given)',
          ' @skip(if: $given) @include(if: $yes)',
          ' @include(if: true)',
          ' @skip(if: true)',
        ])
      : '';

  function fragment(type: GraphQLNamedType, depth: number): string {
    const possible = isAbstractType(type) ? schema.getPossibleTypes(type) : [];
    const target = dice.pick([type, ...possible]);
    const body = selectionSet(target, depth + 1);
    if (dice.chance(60)) return `... on ${target.name}${condition()} ${body}`;
    if (dice.chance(20) && target === type) return `...${condition()} ${body}`;
    const name = `F${fragments.length}`;
    fragments.push(`fragment ${name} on ${target.name} ${body}`);
    return `...${name}${condition()}`;
  }

  const query = schema.getQueryType();
  if (!query) throw new Error('a schema without queries');
  const body = selectionSet(query, 0);
  const text = [body, ...fragments].join('\n');
  const declared = [
    ['$yes', '$yes: Boolean! = true'],
    ['$no', '$no: Boolean = false'],
    ['$given', '$given: Boolean!'],
    ['$n', '$n: Int = 3'],
    ['$colour', '$colour: Colour'],
  ].flatMap(([name, declaration]) => (text.includes(name ?? '') ? [declaration] : []));
  const head = dice.chance(50) ? 'query Named' : 'query';
  return {
    text: `${head}${declared.length > 0 ? `(${declared.join(', ')})` : ''} ${text}`,
    variables: {
      given: dice.chance(50),
      ...(dice.chance(50) ? { n: dice.int(1, 9) } : {}),
      ...(dice.chance(50) ? { colour: 'GREEN' } : {}),
    },
  };
}
