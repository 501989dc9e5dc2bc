import {
  createFaultProxy,
  eventually,
  type Framer,
  type KillPoint,
  type RunResult,
  spawnVictim,
  type Victim,
} from '@eventxperts/faults';
import { pino } from 'pino';
import type { Order } from './victim/environment.ts';

export const log = pino({ level: process.env.FAULTS_LOG ?? 'silent' });

export const spawnOrder = (script: string, order: Order): Victim =>
  spawnVictim({ script, environment: { ORDER: JSON.stringify(order) }, log });

export interface KillRun {
  readonly script: string;
  /** Where the server that the victim talks to really listens. */
  readonly target: number;
  readonly framer: Framer;
  readonly kill: KillPoint | undefined;
  /** The victim's orders, given the port it must use instead. */
  readonly orderFor: (port: number) => Order;
  /** Throws while the work is not done. */
  readonly done: (victim: Victim) => unknown;
  /** What must hold when the victim has just been killed. */
  readonly atDeath?: (victim: Victim) => Promise<void>;
  /** The longest a victim may take, in milliseconds. */
  readonly patience: number;
}

/**
 * Lets the victim work behind a proxy that kills it, and starts it again until its work is done. A
 * victim that ends by itself before its work is done fails the run.
 */
export async function killAndRestart(run: KillRun): Promise<RunResult> {
  const { target, framer, kill, patience } = run;
  const proxy = await createFaultProxy({ target, framer, log });
  const victims: Victim[] = [];
  const live = async (arm?: (victim: Victim) => void): Promise<Victim> => {
    const victim = spawnOrder(run.script, run.orderFor(proxy.port));
    victims.push(victim);
    arm?.(victim);
    await eventually(() => (victim.isAlive() ? run.done(victim) : undefined), patience);
    return victim;
  };
  try {
    let last = await live((victim) => {
      if (kill) proxy.on(kill.frame, { kind: 'kill', when: kill.when, victim: () => victim });
    });
    const frames = proxy.frames().length;
    const killed = proxy.acted() > 0;
    if (killed) {
      await last.exited;
      await run.atDeath?.(last);
      last = await live();
    }
    await run.done(last);
    return { frames, killed };
  } finally {
    await Promise.all(victims.map((victim) => victim.kill()));
    await proxy.stop();
  }
}
