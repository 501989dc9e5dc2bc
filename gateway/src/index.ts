export {
  defaultConfig,
  type GatewayConfig,
  gatewayConfigFrom,
  gatewayEnvironment,
} from './config.ts';
export { createGateway, type Gateway, type GatewayOptions } from './gateway.ts';
export type { PublicRoute, PublicRoutes } from './http/public-routes.ts';
export { createHttpTransport, type HttpTransportOptions } from './transport/http-transport.ts';
export type {
  ForwardedHeaders,
  SubgraphEvents,
  SubgraphRequest,
  SubgraphResult,
  SubgraphTransport,
} from './transport/subgraph-transport.ts';
