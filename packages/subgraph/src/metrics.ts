import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Subgraph } from './create-subgraph.ts';

/** The subgraph's figures as Prometheus reads them. */
export function createMetrics(subgraph: Subgraph) {
  const registry = new Registry();
  registry.setDefaultLabels({ subgraph: subgraph.name });
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'subgraph_request_seconds',
    help: 'Time from a request to its answer.',
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5],
    registers: [registry],
  });
  const errors = new Counter({
    name: 'subgraph_errors_total',
    help: 'Errors answered, by code.',
    labelNames: ['code'],
    registers: [registry],
  });
  const messaging = new Gauge({
    name: 'subgraph_messaging',
    help: 'Outbox depth and age (s), records published, consumed and parked.',
    labelNames: ['figure'],
    registers: [registry],
    async collect() {
      for (const [figure, value] of Object.entries(await subgraph.service.messaging.metrics())) {
        this.set({ figure }, value);
      }
    },
  });
  return { registry, duration, errors, messaging };
}
