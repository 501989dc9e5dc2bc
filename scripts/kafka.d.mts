export interface KafkaNode {
  /** `host:port`, as KAFKA_BROKERS takes it. */
  readonly brokers: string;
  readonly pid: number;
  /** Resolves when the node is gone, for whatever reason. */
  readonly exited: Promise<unknown>;
  stop(): Promise<unknown>;
  kill(): Promise<unknown>;
}

export interface KafkaOptions {
  readonly port: number;
  readonly dataDir?: string;
  readonly progress?: (line: string) => void;
}

export function canRunKafka(): Promise<boolean>;
export function startKafka(options: KafkaOptions): Promise<KafkaNode>;
export function freePort(): Promise<number>;
