/** How much a crash of the machine may cost. A cluster of tests may lose everything. */
export type Durability = 'durable' | 'throw-away';

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  // Nine domains with a small pool, their listeners, the relays and the bus, twice over.
  max_connections: '200',
  // One machine, no standby: what replication, parallel queries and compilation need is left out.
  io_method: 'sync',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_logical_replication_workers: '0',
  max_parallel_workers_per_gather: '0',
  shared_buffers: '32MB',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Failed statements are the caller's to report; the log keeps what concerns the server.
  log_min_messages: 'log',
  log_checkpoints: 'off',
} as const;

// Commits still reach the operating system, so a killed server comes back with all of them.
const throwAway = { fsync: 'off', full_page_writes: 'off' } as const;

export function serverArguments(pgdata: string, port: number, durability: Durability): string[] {
  const chosen = durability === 'durable' ? settings : { ...settings, ...throwAway };
  const flags = Object.entries(chosen).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', pgdata, '-p', `${port}`, ...flags];
}
