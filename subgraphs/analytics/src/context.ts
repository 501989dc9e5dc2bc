import type { BaseContext } from '@eventxperts/subgraph';
import type { DashboardLoader } from './dashboard/dashboard.loader.ts';

/** What a resolver of this domain has at hand: the loaders of the request. */
export interface AnalyticsContext extends BaseContext {
  readonly dashboards: DashboardLoader;
}
