import type { BaseContext } from '@eventxperts/subgraph';
import type { createSessionsLoader, EventLoader } from './event/event.loader.ts';
import type { EventWithStaff } from './event/event.rules.ts';
import type { EventService } from './event/event.service.ts';
import type { EventListService } from './event/event-list.service.ts';

/** What a resolver of this domain has at hand: services of the process, loaders of the request. */
export interface EventsContext extends BaseContext {
  readonly idempotencyKey: string | undefined;
  readonly eventService: EventService;
  readonly eventList: EventListService;
  readonly events: EventLoader;
  readonly sessions: ReturnType<typeof createSessionsLoader>;
  /** Reads an event with the guest token that came with an invitation, or else as the caller. */
  loadInvitedEvent(id: string, grant: string | null): Promise<EventWithStaff | null>;
}
