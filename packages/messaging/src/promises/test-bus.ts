import type { Framer } from '@eventxperts/faults';
import type { BusRecord } from '../bus/event-bus.ts';
import type { BusAddress } from './victim/environment.ts';

/** A real bus as the tests need it: behind a proxy or not, emptied, filled and read past the product. */
export interface TestBus {
  readonly name: string;
  /** The port of its server on 127.0.0.1. */
  readonly target: number;
  readonly framer: Framer;
  /** @param port a proxy's, or by default the server's own. */
  address(port?: number): BusAddress;
  /** Resolves once the processes before no longer hold a group. */
  idle(): Promise<void>;
  /** A log without records, known to no consumer. */
  reset(): Promise<void>;
  publish(records: readonly BusRecord[]): Promise<void>;
  /** Values of all records, those of one partition in order. */
  log(): Promise<string[]>;
  /** How many records the group has not handled yet. */
  lag(group: string): Promise<number>;
  /** Sends every consumer back to the first record. */
  rewind(): Promise<void>;
  stop(): Promise<void>;
}
