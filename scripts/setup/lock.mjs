import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';

/** Two terminals may start at once: the second waits, then finds the work done. */
export async function withSetupLock(root, work) {
  const lockFile = join(root, '.setup', 'lock');
  let announced = false;
  while (!take(lockFile)) {
    if (!announced) process.stderr.write('Waiting for another set-up of this clone to finish.\n');
    announced = true;
    await wait(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function take(lockFile) {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    // A killed run leaves its lock behind; the next attempt takes it.
    if (!holderLives(lockFile)) rmSync(lockFile, { force: true });
    return false;
  }
}

function holderLives(lockFile) {
  try {
    const pid = Number(readFileSync(lockFile, 'utf8'));
    if (!Number.isInteger(pid) || pid <= 0) return false;
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}
