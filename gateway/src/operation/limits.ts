import { CodedError } from '@eventxperts/errors';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** How much one operation may ask for. Fragments count wherever they are spread. */
export interface OperationLimits {
  readonly maxTokens: number;
  readonly maxDepth: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  readonly maxFields: number;
}

export const defaultLimits: OperationLimits = {
  maxTokens: 10_000,
  maxDepth: 20,
  maxAliases: 200,
  maxRootFields: 50,
  maxFields: 1_000,
};

interface Size {
  readonly depth: number;
  readonly aliases: number;
  readonly fields: number;
  /** Fields of the outermost level. */
  readonly width: number;
}

const empty: Size = { depth: 0, aliases: 0, fields: 0, width: 0 };

/**
 * Parses an operation that is within the limits. This comes before validation, whose cost an attacker
 * could choose: comparing overlapping fields takes the square of their number.
 * @throws CodedError OPERATION_TOO_LARGE, or graphql-js's syntax error
 */
export function parseWithinLimits(source: string, limits: OperationLimits): DocumentNode {
  const document = parseTokens(source, limits);
  const measure = fragmentMeasure(document);
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    assertWithin(measure(definition.selectionSet), limits);
  }
  return document;
}

function parseTokens(source: string, limits: OperationLimits): DocumentNode {
  try {
    return parse(source, { maxTokens: limits.maxTokens });
  } catch (error) {
    // graphql-js gives this fault no code of its own; its message is the only sign.
    if (
      error instanceof GraphQLError &&
      /Document contains more tha[nt] \d+ tokens/.test(error.message)
    ) {
      throw tooLarge('tokens', limits.maxTokens);
    }
    // The parser recurses, so a deep enough nest ends its stack before it reaches the token limit.
    if (error instanceof RangeError) throw tooLarge('levels', limits.maxDepth);
    throw error;
  }
}

function assertWithin(size: Size, limits: OperationLimits): void {
  if (size.depth > limits.maxDepth) throw tooLarge('levels', limits.maxDepth);
  if (size.aliases > limits.maxAliases) throw tooLarge('aliases', limits.maxAliases);
  if (size.width > limits.maxRootFields) throw tooLarge('root fields', limits.maxRootFields);
  if (size.fields > limits.maxFields) throw tooLarge('fields', limits.maxFields);
}

const tooLarge = (what: string, limit: number): CodedError =>
  new CodedError('OPERATION_TOO_LARGE', `The operation has more than ${limit} ${what}.`);

/** Measures each fragment once: spread in one another they would otherwise multiply the work, too. */
function fragmentMeasure(document: DocumentNode): (selections: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    }
  }
  const measured = new Map<string, Size>();

  function measureFragment(name: string): Size {
    const known = measured.get(name);
    if (known) return known;
    // Also what a fragment counts within itself: a cycle is for validation to report.
    measured.set(name, empty);
    const fragment = fragments.get(name);
    const size = fragment ? measureSelections(fragment.selectionSet) : empty;
    measured.set(name, size);
    return size;
  }

  function measureSelections({ selections }: SelectionSetNode): Size {
    let sum = empty;
    for (const selection of selections) {
      switch (selection.kind) {
        case Kind.FIELD: {
          const below = selection.selectionSet ? measureSelections(selection.selectionSet) : empty;
          sum = add(sum, {
            depth: below.depth + 1,
            aliases: below.aliases + (selection.alias ? 1 : 0),
            fields: below.fields + 1,
            width: 1,
          });
          break;
        }
        case Kind.INLINE_FRAGMENT:
          sum = add(sum, measureSelections(selection.selectionSet));
          break;
        case Kind.FRAGMENT_SPREAD:
          sum = add(sum, measureFragment(selection.name.value));
          break;
      }
    }
    return sum;
  }

  return measureSelections;
}

const add = (one: Size, other: Size): Size => ({
  depth: Math.max(one.depth, other.depth),
  aliases: one.aliases + other.aliases,
  fields: one.fields + other.fields,
  width: one.width + other.width,
});
