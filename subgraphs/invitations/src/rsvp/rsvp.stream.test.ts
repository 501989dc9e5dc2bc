import { anonymous, type Caller } from '@eventxperts/identity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  coHost,
  type InvitationsSubgraph,
  invitationsSubgraph,
  organizer,
  refusalsOf,
  stranger,
} from '../invitation/invitations.fixture.ts';

let test: InvitationsSubgraph;
let eventId: string;
beforeAll(async () => {
  test = await invitationsSubgraph();
  eventId = await test.event({ staff: [{ userId: coHost.id, role: 'CO_HOST' }] });
});
afterAll(() => test.stop());

const watched = `subscription ($eventId: ID!) { rsvpUpdated(eventId: $eventId) {
  response headcount note guest { name } event { id } } }`;

async function watch(caller: Caller, id = eventId) {
  // A caller of these tests is believed once it has asked.
  await test.ask(caller, '{ __typename }');
  const authorization = caller.kind === 'anonymous' ? undefined : `Bearer ${caller.token}`;
  return test.subgraph.subscribe({
    query: watched,
    variables: { eventId: id },
    headers: { authorization },
  });
}

async function watching(caller: Caller) {
  const events = await watch(caller);
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events.errors));
  return events;
}

describe('answers as they are given', () => {
  it('reach everyone who manages the event, in order, with who answered', async () => {
    const watchers = await Promise.all([watching(organizer), watching(coHost)]);
    const { code } = await test.inviteOne(eventId);
    await test.answer({ code, response: 'YES', note: 'వస్తాము' });
    await test.answer({ code, response: 'NO' });
    for (const events of watchers) {
      expect((await events.next()).value).toEqual({
        data: {
          rsvpUpdated: {
            response: 'YES',
            headcount: 1,
            note: 'వస్తాము',
            guest: { name: 'Sita' },
            event: { id: eventId },
          },
        },
      });
      expect((await events.next()).value).toMatchObject({
        data: { rsvpUpdated: { response: 'NO' } },
      });
      await events.return?.();
    }
  });

  it.each<[string, Caller, string, string]>([
    ['a stranger', stranger, '', 'NOT_FOUND'],
    ['nobody in particular', anonymous, '', 'UNAUTHENTICATED'],
    ['the organizer of no such event', organizer, 'x', 'NOT_FOUND'],
  ])('are not for %s', async (_, caller, id, code) => {
    const refused = await watch(caller, id || eventId);
    if (Symbol.asyncIterator in refused) throw new Error('let in');
    expect(refusalsOf(refused)).toEqual([code]);
  });

  it('that were refused reach nobody', async () => {
    const events = await watching(organizer);
    const { code } = await test.inviteOne(eventId, { name: 'Rama' });
    await test.answer({ code, response: 'YES', headcount: 9 });
    await test.answer({ code, response: 'MAYBE' });
    expect((await events.next()).value).toMatchObject({
      data: { rsvpUpdated: { response: 'MAYBE' } },
    });
    await events.return?.();
  });
});
