import { Counter, Gauge, Histogram, Registry } from 'prom-client';

export type UpstreamOutcome = 'ok' | 'error' | 'unreachable';

/** What the gateway counts, in a registry of its own: two gateways in one process stay apart. */
export interface GatewayMetrics {
  readonly contentType: string;
  /** Prometheus text. */
  render(): Promise<string>;
  requestStarted(): (operation: string, outcome: 'ok' | 'error') => void;
  upstreamStarted(subgraph: string): (outcome: UpstreamOutcome) => void;
  subscriptionStarted(): void;
  subscriptionEnded(): void;
}

const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

export function createMetrics(): GatewayMetrics {
  const registry = new Registry();
  const registers = [registry];
  const requests = new Histogram({
    name: 'gateway_request_duration_seconds',
    help: 'Time to answer one operation, by its kind.',
    labelNames: ['operation', 'outcome'],
    buckets,
    registers,
  });
  const upstream = new Histogram({
    name: 'gateway_upstream_duration_seconds',
    help: 'Time of one fetch from a subgraph.',
    labelNames: ['subgraph', 'outcome'],
    buckets,
    registers,
  });
  const subscriptions = new Gauge({
    name: 'gateway_subscriptions_active',
    help: 'Subscriptions that wait for events from a subgraph.',
    registers,
  });
  const subscribed = new Counter({
    name: 'gateway_subscriptions_total',
    help: 'Subscriptions ever started.',
    registers,
  });

  return {
    contentType: registry.contentType,
    render: () => registry.metrics(),
    requestStarted() {
      const end = requests.startTimer();
      return (operation, outcome) => void end({ operation, outcome });
    },
    upstreamStarted(subgraph) {
      const end = upstream.startTimer({ subgraph });
      return (outcome) => void end({ outcome });
    },
    subscriptionStarted() {
      subscriptions.inc();
      subscribed.inc();
    },
    subscriptionEnded: () => subscriptions.dec(),
  };
}
