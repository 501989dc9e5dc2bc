import { analytics } from '@eventxperts/analytics';
import { bookings } from '@eventxperts/bookings';
import { events } from '@eventxperts/events';
import { gallery } from '@eventxperts/gallery';
import { invitations } from '@eventxperts/invitations';
import { marketplace } from '@eventxperts/marketplace';
import { notifications } from '@eventxperts/notifications';
import { payments } from '@eventxperts/payments';
import { parseEnvironment } from '@eventxperts/process';
import {
  type BaseContext,
  createSubgraph,
  type Platform,
  type Subgraph,
  type SubgraphDefinition,
} from '@eventxperts/subgraph';
import { users } from '@eventxperts/users';

export interface Outside extends Omit<Platform<unknown>, 'config'> {
  readonly environment: NodeJS.ProcessEnv;
}

export interface Domain {
  readonly name: string;
  /** Builds the subgraph; it does nothing until it is started. */
  create(outside: Outside): Subgraph;
}

const domain = <Config, Context extends BaseContext>(
  definition: SubgraphDefinition<Config, Context>,
): Domain => ({
  name: definition.name,
  create: ({ environment, ...platform }) =>
    createSubgraph(definition, {
      ...platform,
      config: parseEnvironment(definition.environment, environment),
    }),
});

/** All nine. The launcher is the one place that knows them beside the gateway. */
export const domains: readonly Domain[] = [
  domain(users),
  domain(events),
  domain(invitations),
  domain(bookings),
  domain(payments),
  domain(marketplace),
  domain(gallery),
  domain(notifications),
  domain(analytics),
];
