export type {
  BusRecord,
  DeliveredRecord,
  EventBus,
  SubscribeOptions,
  Subscription,
} from './bus/event-bus.ts';
export { createPostgresBus, type PostgresBusConfig } from './bus/postgres/postgres-bus.ts';
export { defineHandler, type EventHandler } from './consumer/handler.ts';
export type { ParkedMessage, RedriveOptions } from './consumer/redrive.ts';
export { DependencyDown } from './consumer/transient.ts';
export type { EventData, EventType } from './contract/event-type.ts';
export { platformTopics, type TopicDefinition } from './contract/topic.ts';
export { ContractViolation } from './contract/validate.ts';
export type { Envelope } from './envelope.ts';
export { createMessaging, type Messaging, type MessagingConfig } from './messaging.ts';
export type { MessagingMetrics } from './messaging-metrics.ts';
export { appendEvent, type DomainEvent } from './outbox/append-event.ts';
export type { RepublishSource } from './republish.ts';
export { openSecret, sealSecret } from './secret.ts';
