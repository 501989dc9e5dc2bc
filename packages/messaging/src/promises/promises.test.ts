import { everyFrame, type SweepReport } from '@eventxperts/faults';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { consumerRun } from './consumer-run.ts';
import { parkingRun } from './parking-run.ts';
import { postgresTestBus } from './postgres-test-bus.ts';
import { redriveRun } from './redrive-run.ts';
import { relayRun } from './relay-run.ts';
import { createStage, type Stage } from './stage.ts';
import { writerRun } from './writer-run.ts';

const plan = { seed: 1, keys: 2, changes: 6 };
const sample = { seed: 1, limit: 10 };
let stage: Stage;

beforeAll(async () => {
  stage = await createStage(await postgresTestBus());
});
afterAll(() => stage.stop());

function expectSwept(report: SweepReport): void {
  expect(report.killed).toBeGreaterThan(report.points * 0.8);
}

test('1: no row without its event, no event without its row, wherever the writer is killed', async () => {
  expectSwept(await everyFrame(writerRun(stage, plan), sample));
});

test('1 and 3: all events reach the log in order, wherever the relay is killed', async () => {
  expectSwept(await everyFrame(relayRun(stage, plan, 'database'), sample));
});

test('2 and 3: each event is applied once and in turn, wherever the consumer is killed', async () => {
  expectSwept(await everyFrame(consumerRun(stage, plan, 'database'), sample));
});

test('4: a poison message is parked with its followers, wherever the consumer is killed', async () => {
  expectSwept(await everyFrame(parkingRun(stage, plan, 'database'), sample));
});

test('4: redriving keeps order and applies once, wherever it is killed', async () => {
  expectSwept(await everyFrame(redriveRun(stage, plan, 'database'), sample));
});
