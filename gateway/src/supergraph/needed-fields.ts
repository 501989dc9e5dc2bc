import { type ConstDirectiveNode, type DocumentNode, Kind, parse, visit } from 'graphql';

/** What plans fetch for themselves, by field name: whatever `@key`, `@requires` and `@provides` name. */
export interface NeededFields {
  readonly names: ReadonlySet<string>;
  /** Those that some `@requires` wants with arguments of its own. */
  readonly withArguments: ReadonlySet<string>;
}

const fieldSets = new Set(['key', 'requires', 'provides']);

/** Reads `@join__type(key:)`, `@join__field(requires:, provides:)` of a supergraph. */
export function readNeededFields(supergraph: DocumentNode): NeededFields {
  const names = new Set<string>();
  const withArguments = new Set<string>();
  const note = (fieldSet: string): void => {
    visit(parse(`{ ${fieldSet} }`, { noLocation: true }), {
      Field({ name, arguments: given = [] }) {
        names.add(name.value);
        if (given.length > 0) withArguments.add(name.value);
      },
    });
  };
  visit(supergraph, {
    Directive(directive) {
      if (directive.name.value === 'join__type' || directive.name.value === 'join__field') {
        for (const fieldSet of fieldSetsOf(directive as ConstDirectiveNode)) note(fieldSet);
      }
    },
  });
  return { names, withArguments };
}

const fieldSetsOf = ({ arguments: given = [] }: ConstDirectiveNode): string[] =>
  given.flatMap(({ name, value }) =>
    fieldSets.has(name.value) && value.kind === Kind.STRING ? [value.value] : [],
  );
