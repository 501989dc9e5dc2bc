import { bundleVictim, type Mistake } from '@eventxperts/faults';
import { type Stage, victimEntry } from './stage.ts';

/** Works on the same stage with a mistake in its victims, which the tests are to notice soon. */
export async function withMistake(
  stage: Stage,
  mistake: Mistake,
  work: (mistaken: Stage) => Promise<void>,
): Promise<void> {
  const { script, remove } = await bundleVictim(victimEntry, mistake);
  try {
    await work({ ...stage, script, patience: 20_000 });
  } finally {
    await remove();
  }
}
