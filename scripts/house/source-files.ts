import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Paths from the root that match git's `patterns`: tracked files and new ones, not what git ignores,
 * for generated code has no names of ours.
 */
export function sourceFiles(root: string, ...patterns: string[]): string[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns],
    { cwd: root, encoding: 'utf8', maxBuffer: 16 * 1024 * 1024 },
  );
  return listed.split('\n').filter((path) => path !== '' && existsSync(join(root, path)));
}
