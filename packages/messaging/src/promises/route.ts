import { type Framer, postgresFramer } from '@eventxperts/faults';
import type { TestBus } from './test-bus.ts';
import { portOf, withPort } from './url.ts';
import type { BusAddress } from './victim/environment.ts';

/** Which of a victim's two servers is behind the killing proxy: a domain's database, or the bus. */
export type Killer = 'database' | 'bus';

export interface KillerRoute {
  readonly target: number;
  readonly framer: Framer;
  addresses(port: number): { databaseUrl: string; bus: BusAddress };
}

/** With the PostgreSQL bus both are one server, and every frame to either is counted. */
export function routeOf(killer: Killer, databaseUrl: string, bus: TestBus): KillerRoute {
  const oneServer = bus.target === portOf(databaseUrl);
  return killer === 'database'
    ? {
        target: portOf(databaseUrl),
        framer: postgresFramer,
        addresses: (port) => ({
          databaseUrl: withPort(databaseUrl, port),
          bus: bus.address(oneServer ? port : undefined),
        }),
      }
    : {
        target: bus.target,
        framer: bus.framer,
        addresses: (port) => ({ databaseUrl, bus: bus.address(port) }),
      };
}
