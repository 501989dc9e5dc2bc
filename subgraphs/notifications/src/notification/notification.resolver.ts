import { Authenticated } from '@eventxperts/subgraph';
import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { NotificationsContext } from '../context.ts';
import { Notification } from './notification.type.ts';

@Resolver(() => Notification)
export class NotificationResolver {
  @Authenticated()
  @Query(() => Notification, {
    nullable: true,
    description:
      'One message, to the organizer and co-hosts of its event; null to others. Errors: UNAUTHENTICATED.',
  })
  notification(
    @Arg('id', () => ID, { description: 'The notification’s id.' }) id: string,
    @Ctx() { notifications }: NotificationsContext,
  ) {
    return notifications.load(id);
  }
}
