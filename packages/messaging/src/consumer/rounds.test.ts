import { expect, test } from 'vitest';
import type { EventType } from '../contract/event-type.ts';
import type { Envelope } from '../envelope.ts';
import { thingChanged } from '../promises/victim/thing.ts';
import { defineHandler } from './handler.ts';
import { inRounds } from './rounds.ts';

const envelope = (subject: string, sequence: number, type: UserEvent): Envelope => ({
  specversion: '1.0',
  id: `01890000-0000-7000-8000-${subject}${sequence}`.padEnd(36, '0'),
  source: 'urn:eventxperts:users',
  type,
  subject,
  time: '2026-01-01T00:00:00Z',
  datacontenttype: 'application/json',
  dataschema: `urn:eventxperts:event:${type}`,
  sequence,
  data: thingChanged(subject, sequence, 'x').data,
});
type UserEvent = Extract<EventType, 'user.created' | 'user.updated' | 'user.deleted'>;

const nothing = async () => undefined;
const created = defineHandler('user.created', nothing);
const changed = defineHandler(['user.updated', 'user.deleted'], nothing);
const every = defineHandler(['user.created', 'user.updated', 'user.deleted'], nothing);

const shown = (rounds: ReturnType<typeof inRounds>) =>
  rounds.map(({ envelopes }) =>
    envelopes.map(({ subject, sequence }) => subject + sequence).join(' '),
  );

test('events of many keys share rounds, and a key never overtakes itself', () => {
  const envelopes = [
    envelope('a', 1, 'user.created'),
    envelope('a', 2, 'user.updated'),
    envelope('b', 1, 'user.created'),
    envelope('b', 2, 'user.deleted'),
    envelope('c', 7, 'user.updated'),
    envelope('c', 8, 'user.created'),
  ];
  expect(shown(inRounds(envelopes, [created, changed]))).toEqual(['a1 b1', 'a2 b2 c7', 'c8']);
});

test('handlers of one type are called in the order they were given', () => {
  const [round] = inRounds([envelope('a', 1, 'user.created')], [every, created]);
  expect(round?.handlers).toEqual([every, created]);
});
