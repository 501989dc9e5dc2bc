import { crc32 } from 'node:zlib';

/** The partition of a key: the same on every bus, so that both keep the same things in order. */
export const partitionOf = (key: string, partitions: number): number => crc32(key) % partitions;

/** Spreads the keys of one partition over lanes; other bits than those that chose the partition. */
export const laneOf = (key: string, lanes: number): number => (crc32(`lane ${key}`) >>> 0) % lanes;
