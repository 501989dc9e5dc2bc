import { z } from 'zod';

const settings = z.object({
  FAULTS_SEED: z.coerce.number().int().default(1),
  FAULTS_POINTS: z.union([z.literal('all'), z.coerce.number().int().positive()]).optional(),
});

/**
 * The seed and size of a sweep: FAULTS_SEED, and FAULTS_POINTS as a number of kill points or `all`.
 * @param points taken when FAULTS_POINTS is unset.
 */
export function sweepSettings(points: number): { seed: number; limit?: number } {
  const { FAULTS_SEED: seed, FAULTS_POINTS: wanted = points } = settings.parse(process.env);
  return wanted === 'all' ? { seed } : { seed, limit: wanted };
}
