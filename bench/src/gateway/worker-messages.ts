import type { ChildProcess } from 'node:child_process';

/** In a child: answers the parent's questions by name. */
export function answerParent(answers: Record<string, (given: never) => unknown>): void {
  process.on('message', async ({ question, given }: { question: string; given: never }) => {
    process.send?.({ answer: await answers[question]?.(given) });
  });
  process.on('disconnect', () => process.exit(0));
  process.send?.({ ready: true });
}

/** In the parent: one question at a time. */
export function ask<T>(child: ChildProcess, question: string, given?: unknown): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new Error(`The process ended before it answered "${question}".`));
    child.once('exit', ended);
    child.once('message', ({ answer }: { answer: T }) => {
      child.off('exit', ended);
      resolve(answer);
    });
    child.send({ question, given });
  });
}
