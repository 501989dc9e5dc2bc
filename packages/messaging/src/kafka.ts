export { createKafkaBus, type KafkaBusConfig } from './bus/kafka/kafka-bus.ts';
