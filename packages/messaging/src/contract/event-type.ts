import { type EventData, eventContracts } from '../generated/contracts.ts';

export type { EventData };

/** The name of an event, such as `user.created`. */
export type EventType = keyof EventData;

export const isEventType = (type: string): type is EventType => Object.hasOwn(eventContracts, type);

/** The topic of an event type is its aggregate. */
export const topicOf = (type: EventType): string => eventContracts[type].topic;
