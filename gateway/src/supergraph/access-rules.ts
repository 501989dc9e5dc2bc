import { isInterfaceType, isObjectType, type Schema } from '@apollo/federation-internals';
import { z } from 'zod';

/** A caller needs all scopes of one of the lists; an empty list is anyone who is signed in. */
export interface AccessRule {
  readonly anyOf: readonly (readonly string[])[];
}

/** By `Type` and by `Type.field`. */
export type AccessRules = ReadonlyMap<string, AccessRule>;

const signedIn: AccessRule = { anyOf: [[]] };

/** What `@authenticated` and `@requiresScopes` say in the supergraph, which holds every subgraph's. */
export function readAccessRules(supergraph: Schema): AccessRules {
  const read = ruleReader(supergraph);
  const rules = new Map<string, AccessRule>();
  const note = (coordinate: string, element: Annotated) => {
    const rule = read(element);
    if (rule) rules.set(coordinate, rule);
  };
  for (const type of supergraph.types()) {
    note(type.name, type);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of type.fields()) note(field.coordinate, field);
  }
  return rules;
}

interface Annotated {
  appliedDirectivesOf(name: string): readonly { arguments(): unknown }[];
}

const scopesArgument = z.object({ scopes: z.array(z.array(z.string())) });

function ruleReader(supergraph: Schema): (element: Annotated) => AccessRule | undefined {
  const named = (directive: string) =>
    supergraph.coreFeatures
      ?.getByIdentity(`https://specs.apollo.dev/${directive}`)
      ?.directiveNameInSchema(directive);
  const authenticated = named('authenticated');
  const requiresScopes = named('requiresScopes');
  return (element) => {
    const [scoped] = requiresScopes ? element.appliedDirectivesOf(requiresScopes) : [];
    if (scoped) return { anyOf: scopesArgument.parse(scoped.arguments()).scopes };
    return authenticated && element.appliedDirectivesOf(authenticated).length > 0
      ? signedIn
      : undefined;
  };
}
