import { answerParent } from './worker-messages.ts';

/** What a gateway's process is given at its start. */
export interface GatewaySetup {
  readonly supergraphSdl: string;
  /** GraphQL addresses by subgraph. */
  readonly addresses: Readonly<Record<string, string>>;
}

export interface Usage {
  /** Milliseconds of CPU, all threads, since the process began. */
  readonly cpuMs: number;
  /** Megabytes. */
  readonly residentMb: number;
}

/** Lets the benchmark start a gateway in this process and read what it costs. */
export function measure(start: (setup: GatewaySetup) => Promise<string>): void {
  answerParent({
    start,
    usage(): Usage {
      const { user, system } = process.cpuUsage();
      return { cpuMs: (user + system) / 1000, residentMb: process.memoryUsage.rss() / 1e6 };
    },
  });
}
