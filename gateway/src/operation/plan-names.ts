import { type DocumentNode, type FieldNode, visit } from 'graphql';
import type { NeededFields } from '../supergraph/needed-fields.ts';

/** By what response name a field of the client's stands in the plan and in what subgraphs answer. */
export type PlanName = (field: FieldNode) => string;

export const responseName = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;

/**
 * The planner asks for keys and required fields by their own names, whatever the client calls the same:
 * `id: title`, or `price(in: EUR)` where `@requires` wants it in dollars, then conflict or stand for one
 * another. Such a field of the client's gets another name for the plan.
 */
export function choosePlanNames(
  document: DocumentNode,
  { names, withArguments }: NeededFields,
): PlanName {
  const collides = (field: FieldNode): boolean => {
    const name = responseName(field);
    if (withArguments.has(name)) return true;
    const differs = name !== field.name.value || (field.arguments?.length ?? 0) > 0;
    return differs && names.has(name);
  };
  const suffix = unusedSuffix(document, collides);
  if (suffix === undefined) return responseName;
  return (field) => (collides(field) ? `${responseName(field)}${suffix}` : responseName(field));
}

/** Undefined when nothing collides. */
function unusedSuffix(
  document: DocumentNode,
  collides: (field: FieldNode) => boolean,
): string | undefined {
  const used: string[] = [];
  let needed = false;
  visit(document, {
    Field(field) {
      used.push(responseName(field));
      needed ||= collides(field);
    },
  });
  let suffix = '_c';
  while (used.some((name) => name.endsWith(suffix))) suffix += 'c';
  return needed ? suffix : undefined;
}
