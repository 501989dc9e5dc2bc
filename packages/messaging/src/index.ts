export type {
  BusRecord,
  DeliveredRecord,
  EventBus,
  SubscribeOptions,
  Subscription,
} from './bus/event-bus.ts';
export { defineHandler, type EventHandler } from './consumer/handler.ts';
export type { EventData, EventType } from './contract/event-type.ts';
export { platformTopics, type TopicDefinition } from './contract/topic.ts';
export { ContractViolation } from './contract/validate.ts';
export type { Envelope } from './envelope.ts';
export { appendEvent, type DomainEvent } from './outbox/append-event.ts';
