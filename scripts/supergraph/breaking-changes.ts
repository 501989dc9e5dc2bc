import { type BreakingChange, findBreakingChanges, type GraphQLSchema } from 'graphql';
import { z } from 'zod';

/** `schema/breaking.json`: the breaks since the last release that were decided, each with its why. */
export const recordedBreaks = z.array(
  z.strictObject({
    /** graphql-js's sentence for the change, as `npm run check` prints it. */
    change: z.string().min(1),
    reason: z.string().min(1),
  }),
);

export type RecordedBreaks = z.infer<typeof recordedBreaks>;

export interface BreakReport {
  /** Breaks a client would meet that nobody has decided on. */
  readonly unrecorded: readonly string[];
  /** Records of breaks that are not there (any more). */
  readonly outdated: readonly string[];
}

/** Compares the API that clients were promised with the one they would get. */
export function compareToRelease(
  released: GraphQLSchema,
  current: GraphQLSchema,
  recorded: RecordedBreaks,
): BreakReport {
  const breaks = findBreakingChanges(released, current)
    .filter(isMet)
    .map(({ description }) => description);
  const decided = recorded.map(({ change }) => change);
  return {
    unrecorded: breaks.filter((change) => !decided.includes(change)),
    outdated: decided.filter((change) => !breaks.includes(change)),
  };
}

// graphql-js also counts a built-in scalar that no field uses any more; no client can tell.
const isMet = ({ description }: BreakingChange): boolean =>
  !description.startsWith('Standard scalar ');
