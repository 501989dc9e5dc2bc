import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createSupergraph, type TestSupergraph } from '../create-supergraph.ts';
import { eventually } from '../eventually.ts';
import { invite, newEvent, operations, publishedEvent, registerPerson } from '../first-flow.ts';

let supergraph: TestSupergraph;

beforeAll(async () => {
  supergraph = await createSupergraph();
});
afterAll(() => supergraph.stop());

describe('an organizer', () => {
  it('registers, signs in and reads back who they are', async () => {
    const { id, email } = await registerPerson(supergraph, ['ORGANIZER'], 'Meera Nair');
    const { data } = await supergraph.send({
      query: operations.login,
      variables: { input: { email, password: 'a long enough password' } },
    });
    expect(data.login.user).toEqual({ id, roles: ['ORGANIZER'] });
    expect(Date.parse(data.login.expiresAt)).toBeGreaterThan(Date.now());
    const me = await supergraph.send({ query: operations.me, token: data.login.accessToken });
    expect(me.data.me).toEqual({ id, email, displayName: 'Meera Nair', roles: ['ORGANIZER'] });
  });

  it('makes, publishes and reads an event across three subgraphs', async () => {
    const organizer = await registerPerson(supergraph);
    const id = await publishedEvent(supergraph, organizer);
    await invite(supergraph, organizer, id, [{ name: 'Arjun' }]);
    const { data, errors } = await supergraph.send({
      query: operations.event,
      variables: { id },
      token: organizer.token,
    });
    expect(errors).toBeUndefined();
    expect(data.event).toEqual({
      id,
      title: newEvent.title,
      startsAt: newEvent.startsAt,
      timeZone: 'Asia/Kolkata',
      venue: { name: 'Lotus Pond Gardens', city: 'Hyderabad' },
      organizer: { id: organizer.id, displayName: 'Meera Nair' },
      rsvpSummary: { invited: 1, pending: 1, yes: 0, no: 0, maybe: 0, headcount: 0 },
    });
  });

  it('finds public events in pages that survive new ones', async () => {
    const organizer = await registerPerson(supergraph);
    const city = `City ${organizer.id.slice(-8)}`;
    const titles = ['First', 'Second', 'Third'];
    for (const [day, title] of titles.entries()) {
      await publishedEvent(supergraph, organizer, {
        title,
        visibility: 'PUBLIC',
        startsAt: `2027-03-0${day + 1}T10:00:00Z`,
        endsAt: `2027-03-0${day + 1}T12:00:00Z`,
        venue: { name: 'Hall', city },
      });
    }
    const page = async (after: string | null) =>
      (
        await supergraph.send({
          query: operations.events,
          variables: { filter: { city: city.toUpperCase() }, first: 2, after },
        })
      ).data.events;
    const first = await page(null);
    expect(first.nodes.map(({ title }: { title: string }) => title)).toEqual(['First', 'Second']);
    expect(first).toMatchObject({ totalCount: 3, pageInfo: { hasNextPage: true } });
    await publishedEvent(supergraph, organizer, {
      title: 'Earlier',
      visibility: 'PUBLIC',
      startsAt: '2027-02-01T10:00:00Z',
      endsAt: '2027-02-01T12:00:00Z',
      venue: { name: 'Hall', city },
    });
    const second = await page(first.pageInfo.endCursor);
    expect(second.nodes.map(({ title }: { title: string }) => title)).toEqual(['Third']);
    expect(second.pageInfo.hasNextPage).toBe(false);
  });
});

describe('a guest', () => {
  it('answers by the code alone and sees their own invitation, no more', async () => {
    const organizer = await registerPerson(supergraph);
    const id = await publishedEvent(supergraph, organizer);
    const [{ code, link }] = await invite(supergraph, organizer, id, [
      { name: 'Arjun Rao', email: 'arjun@guests.example', plusOnesAllowed: 1 },
    ]);
    expect(link).toContain(code);
    const answered = await supergraph.send({
      query: operations.rsvp,
      variables: { input: { code, response: 'YES', headcount: 2, note: 'Gladly!' } },
    });
    expect(answered.data.rsvp).toMatchObject({ response: 'YES', headcount: 2 });
    const { data, errors } = await supergraph.send({
      query: operations.invitation,
      variables: { code },
    });
    expect(errors).toBeUndefined();
    expect(data.invitation).toMatchObject({
      status: 'ANSWERED',
      guest: { name: 'Arjun Rao' },
      event: {
        title: newEvent.title,
        startsAt: newEvent.startsAt,
        organizer: { displayName: 'Meera Nair' },
      },
      rsvp: { response: 'YES', headcount: 2 },
    });
    const peek = await supergraph.send({
      query: `query Peek($code: String!) {
        invitation(code: $code) {
          event { rsvpSummary { yes } invitations { nodes { code } } organizer { email } }
        }
      }`,
      variables: { code },
    });
    expect(peek.data.invitation.event).toEqual({
      rsvpSummary: null,
      invitations: null,
      organizer: { email: null },
    });
  });

  it('cannot have the code put into an address, where logs would keep it', async () => {
    const query = '{ invitation(code: "a-code") { id } }';
    const address = `${supergraph.url}/graphql?query=${encodeURIComponent(query)}`;
    const response = await fetch(address, { headers: { 'apollo-require-preflight': 'true' } });
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      errors: [{ extensions: { code: 'BAD_USER_INPUT', field: 'code' } }],
    });
  });

  it('is written to with the link that opens the invitation', async () => {
    const organizer = await registerPerson(supergraph);
    const id = await publishedEvent(supergraph, organizer);
    const email = `padma.${Date.now()}@guests.example`;
    const [{ link }] = await invite(supergraph, organizer, id, [{ name: 'Padma Devi', email }]);
    const mail = await eventually(async () => {
      const files = await readdir(supergraph.outboxDir);
      const mails = await Promise.all(
        files.map((file) => readFile(join(supergraph.outboxDir, file), 'utf8')),
      );
      const found = mails.find((text) => text.includes(email));
      if (!found) throw new Error('no mail yet');
      return found;
    });
    // Quoted-printable breaks long lines with "=\r\n".
    const text = mail.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(text).toContain(link);
    expect(text).toContain(newEvent.title);
  });
});

describe('live answers', () => {
  for (const transport of ['overWebSocket', 'overEventStream'] as const) {
    it(`reach the organizer with fields of three subgraphs, ${transport}`, async () => {
      const organizer = await registerPerson(supergraph);
      const eventId = await publishedEvent(supergraph, organizer);
      const invitations = await invite(supergraph, organizer, eventId, [
        { name: 'Arjun Rao', plusOnesAllowed: 1 },
        { name: 'Sita Rao' },
      ]);
      const live = await supergraph[transport]({
        query: operations.rsvpUpdated,
        variables: { eventId },
        token: organizer.token,
      });
      // The stream is open once it delivers: answer until the first one comes through.
      const first = live.next();
      const answer = (code: string, headcount: number) =>
        supergraph.send({
          query: operations.rsvp,
          variables: { input: { code, response: 'YES', headcount } },
        });
      const heard = await eventually(async () => {
        await answer(invitations[0].code, 2);
        return Promise.race([
          first,
          new Promise((_, reject) => setTimeout(() => reject(new Error('nothing heard')), 300)),
        ]);
      });
      expect(heard).toMatchObject({
        data: {
          rsvpUpdated: {
            response: 'YES',
            headcount: 2,
            guest: { name: 'Arjun Rao' },
            event: {
              title: newEvent.title,
              organizer: { displayName: 'Meera Nair' },
              rsvpSummary: { yes: 1, headcount: 2 },
            },
          },
        },
      });
      await answer(invitations[1].code, 1);
      const second = await eventually(async () => {
        const event = await live.next();
        expect(event.data.rsvpUpdated.guest.name).toBe('Sita Rao');
        return event;
      });
      expect(second.data.rsvpUpdated.event.rsvpSummary).toEqual({ yes: 2, headcount: 3 });
      live.stop();
    });
  }

  it('are refused to another organizer', async () => {
    const eventId = await publishedEvent(supergraph, await registerPerson(supergraph));
    const stranger = await registerPerson(supergraph);
    const live = await supergraph.overWebSocket({
      query: operations.rsvpUpdated,
      variables: { eventId },
      token: stranger.token,
    });
    await expect(
      live.next().then(({ errors }) => Promise.reject(errors ?? new Error('delivered'))),
    ).rejects.toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    live.stop();
  });
});
