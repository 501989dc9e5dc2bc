import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createSupergraph, type TestSupergraph } from '../create-supergraph.ts';
import { newEvent, operations, publishedEvent, registerPerson } from '../first-flow.ts';

let supergraph: TestSupergraph;

beforeAll(async () => {
  supergraph = await createSupergraph();
});
afterAll(() => supergraph.stop());

it('makes one event of five requests at once under one key, and refuses another input', async () => {
  const { token } = await registerPerson(supergraph);
  const headers = { 'idempotency-key': randomUUID() };
  const create = (title: string) =>
    supergraph.send({
      query: operations.createEvent,
      variables: { input: { ...newEvent, title } },
      token,
      headers,
    });
  const answers = await Promise.all(Array.from({ length: 5 }, () => create('Sangeet')));
  const ids = new Set(answers.map(({ data }) => data.createEvent.id));
  expect(ids.size).toBe(1);
  const { errors } = await create('Reception');
  expect(errors?.[0]?.extensions.code).toBe('IDEMPOTENCY_MISMATCH');
});

it('invites a guest once however often the request comes, and shows the invitation as it is now', async () => {
  const organizer = await registerPerson(supergraph);
  const eventId = await publishedEvent(supergraph, organizer);
  const invite = () =>
    supergraph.send({
      query: operations.inviteGuests,
      variables: { input: { eventId, guests: [{ name: 'Arjun', email: 'arjun@guests.example' }] } },
      token: organizer.token,
      headers: { 'idempotency-key': 'guests-1' },
    });
  const [first] = (await invite()).data.inviteGuests;
  await supergraph.send({
    query: operations.rsvp,
    variables: { input: { code: first.code, response: 'NO' } },
  });
  const [again] = (await invite()).data.inviteGuests;
  expect(again).toEqual({ ...first, status: 'ANSWERED' });
});
