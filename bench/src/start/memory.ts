import { readdirSync, readFileSync } from 'node:fs';

/**
 * Memory of a process and all below it, in MB of PSS: what processes share, such as PostgreSQL's
 * buffers, counts once. Linux tells it in /proc/<pid>/smaps_rollup.
 */
export function memoryBelow(pid: number): number {
  const parents = new Map(
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => {
        const parent = parentOf(Number(name));
        return parent === undefined ? [] : [[Number(name), parent] as const];
      }),
  );
  const isBelow = (candidate: number | undefined): boolean =>
    candidate !== undefined && (candidate === pid || isBelow(parents.get(candidate)));
  return [...parents.keys()].filter(isBelow).reduce((sum, each) => sum + pssOf(each), 0) / 1024;
}

function parentOf(pid: number): number | undefined {
  // The name stands in parentheses and may itself contain spaces and parentheses.
  const stat = readProcFile(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[1] ? Number(fields[1]) : undefined;
}

const pssOf = (pid: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(readProcFile(pid, 'smaps_rollup'))?.[1] ?? 0);

/** Empty where the process has just ended. */
function readProcFile(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
