import { readFile } from 'node:fs/promises';
import { StartError } from '@eventxperts/errors';
import type { Logger } from 'pino';

/** Where the supergraph comes from. */
export interface SupergraphSource {
  readonly sdl: string;
  /** Called with each newer one. A source that never changes never calls. */
  onUpdate(listener: (sdl: string) => void): void;
  stop(): Promise<void>;
}

/** @throws StartError when it cannot be read */
export async function openFile(path: string): Promise<SupergraphSource> {
  try {
    return {
      sdl: await readFile(path, 'utf8'),
      onUpdate: () => undefined,
      stop: async () => undefined,
    };
  } catch {
    throw new StartError(`SUPERGRAPH_PATH: ${path} cannot be read.`);
  }
}

interface UplinkOptions {
  readonly apiKey: string;
  readonly graphRef: string;
  /** Apollo's own unless told. */
  readonly endpoints?: readonly string[];
  readonly log: Logger;
}

/**
 * Apollo's schema registry, asked every ten seconds by @apollo/gateway's manager, which is loaded for
 * this alone. @throws StartError when the first answer is none
 */
export async function openUplink(options: UplinkOptions): Promise<SupergraphSource> {
  const { UplinkSupergraphManager } = await import('@apollo/gateway');
  const { apiKey, graphRef, endpoints, log } = options;
  let listener: (sdl: string) => void = () => undefined;
  const manager = new UplinkSupergraphManager({
    apiKey,
    graphRef,
    logger: log,
    initialMaxRetries: 2,
    ...(endpoints ? { uplinkEndpoints: [...endpoints] } : {}),
  });
  try {
    const { supergraphSdl, cleanup } = await manager.initialize({
      update: (sdl) => listener(sdl),
      healthCheck: async () => undefined,
      getDataSource: () => {
        throw new Error('The manager has no business with subgraphs.');
      },
    });
    return {
      sdl: supergraphSdl,
      onUpdate(update) {
        listener = update;
      },
      stop: cleanup,
    };
  } catch (cause) {
    throw new StartError('APOLLO_KEY, APOLLO_GRAPH_REF: Uplink gives no supergraph for them.', {
      cause,
    });
  }
}
