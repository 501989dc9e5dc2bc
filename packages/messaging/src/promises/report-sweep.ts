import { stdout } from 'node:process';

/** What a long sweep did, beside the test's own result. */
export const reportSweep = (line: string): void => void stdout.write(`${line}\n`);
