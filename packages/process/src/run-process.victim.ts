// A service whose start and stop go as the first argument says.
import { StartError } from '@eventxperts/errors';
import { runProcess } from './run-process.ts';

const [, , behaviour] = process.argv;
const alive = setInterval(() => undefined, 1_000);

await runProcess(
  async () => {
    if (behaviour === 'refuses') throw new StartError('The moon is full.');
    process.stdout.write('started\n');
    return {
      async stop() {
        process.stdout.write('stopping\n');
        if (behaviour?.startsWith('hangs')) await new Promise(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, 300));
        clearInterval(alive);
        process.stdout.write('stopped\n');
      },
    };
  },
  { stopWithinMs: behaviour === 'hangs-briefly' ? 500 : 60_000 },
);
