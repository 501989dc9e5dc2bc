import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSupergraph, type TestSupergraph } from '../create-supergraph.ts';
import { operations, type Person, publishedEvent, registerPerson } from '../first-flow.ts';
import { endingIn, signingKeyOf } from '../resigned.ts';

let supergraph: TestSupergraph;
let organizer: Person;
let eventId: string;

beforeAll(async () => {
  supergraph = await createSupergraph();
  organizer = await registerPerson(supergraph);
  eventId = await publishedEvent(supergraph, organizer);
});
afterAll(() => supergraph.stop());

/** A subscription whose token ends while it is open. */
async function subscribeShortly(transport: 'overWebSocket' | 'overEventStream') {
  const key = signingKeyOf(supergraph.keys.OIDC_SIGNING_KEYS);
  return supergraph[transport]({
    query: operations.rsvpUpdated,
    variables: { eventId },
    token: await endingIn(organizer.token, key, 2),
  });
}

describe('a subscription whose token expires', () => {
  it('ends over WebSocket with close code 4403, on which clients come again', async () => {
    const live = await subscribeShortly('overWebSocket');
    expect(await live.end).toMatchObject({ code: 4403, reason: 'Token expired' });
    await expect(live.next()).rejects.toMatchObject({ code: 4403 });
  });

  it('ends over server-sent events with UNAUTHENTICATED', async () => {
    const live = await subscribeShortly('overEventStream');
    expect((await live.next()).errors).toMatchObject([
      { message: 'Token expired', extensions: { code: 'UNAUTHENTICATED' } },
    ]);
    expect(await live.end).toBe('complete');
  });
});

describe('a token that has expired already', () => {
  it('opens no WebSocket', async () => {
    const key = signingKeyOf(supergraph.keys.OIDC_SIGNING_KEYS);
    const live = await supergraph.overWebSocket({
      query: operations.rsvpUpdated,
      variables: { eventId },
      token: await endingIn(organizer.token, key, -60),
    });
    expect(await live.end).toMatchObject({ code: 4401 });
  });
});
