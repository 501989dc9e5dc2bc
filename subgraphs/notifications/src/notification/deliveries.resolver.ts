import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import type { NotificationsContext } from '../context.ts';
import { Invitation } from '../references.ts';
import { Notification } from './notification.type.ts';

@Resolver(() => Invitation)
export class DeliveriesResolver {
  @FieldResolver(() => [Notification], {
    description:
      'The messages that carried it, oldest first, to those who run the event; empty to others.',
  })
  deliveries(@Root() { id }: Invitation, @Ctx() { deliveries }: NotificationsContext) {
    return deliveries.load(id);
  }
}
