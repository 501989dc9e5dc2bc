import type { GraphQLFormattedError } from 'graphql';

/** What became of one `_entities` fetch; `entities` are in the order of its representations. */
export interface EntityAnswer {
  readonly entities: readonly unknown[];
  readonly errors: readonly GraphQLFormattedError[];
}

export interface EntityBatch {
  /** The same texts twice are one. */
  readonly representations: string[];
  readonly typenames: unknown[];
  readonly answer: Promise<EntityAnswer>;
  /** Whether errors that belong to no entity have been told. */
  errorsTold: boolean;
}

export interface EntitySlot {
  readonly batch: EntityBatch;
  readonly index: number;
}

export type FetchEntities = (
  representations: readonly string[],
  typenames: readonly unknown[],
) => Promise<EntityAnswer>;

/**
 * Within one request no entity is asked for the same fields twice: neither by one fetch that meets it at
 * several places, nor by several that ask the same. Fetches that begin at the same moment go as one.
 */
export class EntityLoader {
  readonly #slots = new Map<string, EntitySlot>();
  readonly #fetch: FetchEntities;
  #open: EntityBatch | undefined;

  constructor(fetch: FetchEntities) {
    this.#fetch = fetch;
  }

  load(representation: string, typename: unknown): EntitySlot {
    const known = this.#slots.get(representation);
    if (known) return known;
    this.#open ??= this.#openBatch();
    const slot = { batch: this.#open, index: this.#open.representations.length };
    this.#open.representations.push(representation);
    this.#open.typenames.push(typename);
    this.#slots.set(representation, slot);
    return slot;
  }

  /** Sent as soon as the code that runs now is through, when all that is ready has been added. */
  #openBatch(): EntityBatch {
    const representations: string[] = [];
    const typenames: unknown[] = [];
    const answer = Promise.resolve().then(() => {
      this.#open = undefined;
      return this.#fetch(representations, typenames);
    });
    return { representations, typenames, answer, errorsTold: false };
  }
}
