import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import process from 'node:process';
import { showProgress } from './progress.mjs';

const shownLines = 24;

/** A step that did not succeed; the message is all a user needs to see. */
export class StepFailed extends Error {}

/** Runs each command of a step, its output kept in a log file and shown only when it fails. */
export async function runStep(root, step) {
  const logFile = join(root, '.setup', `${step.name}.log`);
  const log = openSync(logFile, 'w');
  const progress = showProgress(step.title);
  try {
    for (const command of step.commands) await runCommand(root, command, log);
    progress.succeed();
  } catch (error) {
    progress.fail();
    throw new StepFailed(
      `Set-up stopped while ${step.title}: ${error.message}. All output: ${relative(process.cwd(), logFile)}\n${excerpt(readFileSync(logFile, 'utf8'))}`,
    );
  } finally {
    closeSync(log);
  }
}

async function runCommand(root, command, log) {
  if (typeof command === 'function') return command();
  const [file, ...args] = command;
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', log, log] });
  const stop = (signal) => child.kill(signal);
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    await new Promise((done, fail) => {
      child.once('error', fail);
      child.once('exit', (code, signal) =>
        code === 0 ? done() : fail(new Error(`${nameOf(command)} ended with ${signal ?? code}`)),
      );
    });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  }
}

const nameOf = ([file, ...args]) =>
  file === process.execPath ? `node ${relative(process.cwd(), args[0])}` : `${file} ${args[0]}`;

/** Some tools say first what is wrong, others last. */
function excerpt(output) {
  const lines = output.trimEnd().split('\n');
  if (lines.length <= shownLines) return lines.join('\n');
  return [...lines.slice(0, shownLines / 2), '…', ...lines.slice(-shownLines / 2)].join('\n');
}
