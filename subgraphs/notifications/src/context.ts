import type { BaseContext } from '@eventxperts/subgraph';
import type { DeliveryLoader, NotificationLoader } from './notification/notification.loader.ts';

/** What a resolver of this domain has at hand: the loaders of the request. */
export interface NotificationsContext extends BaseContext {
  readonly notifications: NotificationLoader;
  readonly deliveries: DeliveryLoader;
}
