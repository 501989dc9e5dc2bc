import { CodedError, type ReportFault } from '@eventxperts/errors';
import type { GraphQLSchema } from 'graphql';
import { buildSchema } from './build-schema.ts';
import type {
  BaseContext,
  Platform,
  Route,
  SubgraphDefinition,
  SubgraphRequest,
  SubgraphService,
} from './define-subgraph.ts';
import { createExecutor, type Executor } from './executor.ts';
import { createJobRunner } from './job-runner.ts';

/** One running subgraph, without a network of its own: see `serveSubgraph` for that. */
export interface Subgraph extends Executor {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly routes: readonly Route[];
  readonly service: SubgraphService<BaseContext>;
  createContext(request: Pick<SubgraphRequest, 'headers'>): Promise<BaseContext>;
  readonly report: ReportFault;
  start(): Promise<void>;
  ready(): Promise<boolean>;
  stop(): Promise<void>;
}

export function createSubgraph<Config, Context extends BaseContext>(
  definition: SubgraphDefinition<Config, Context>,
  platform: Platform<Config>,
): Subgraph {
  const { verifier, log } = platform;
  const schema = buildSchema(definition);
  const service = definition.create(platform);
  const jobs = createJobRunner([service.janitor, ...(service.jobs ?? [])], log);
  const report: ReportFault = ({ traceId, error, path }) =>
    log.error({ err: error, traceId, path }, 'request failed');
  const createContext = async ({ headers }: Pick<SubgraphRequest, 'headers'>) => {
    const caller = await verifier.verify(headers.authorization);
    if (caller.kind === 'user' && (await service.revocation.isRevoked(caller))) {
      throw new CodedError('UNAUTHENTICATED');
    }
    return service.context({ caller, headers });
  };

  return {
    name: definition.name,
    schema,
    routes: service.routes ?? [],
    service,
    createContext,
    report,
    ...createExecutor({ schema, createContext, report }),
    async start() {
      await service.start();
      jobs.start();
    },
    ready: () => service.ready(),
    async stop() {
      await jobs.stop();
      await service.stop();
    },
  };
}
