import { z } from 'zod';
import { createClient } from '../demo/graphql-client.ts';

const signedIn = z.object({ login: z.object({ accessToken: z.string() }) });
const guestList = z.object({
  me: z.object({
    organizedEvents: z.object({
      nodes: z.array(
        z.object({
          title: z.string(),
          parent: z.object({ title: z.string() }).nullable(),
          rsvpSummary: z.object({ yes: z.int(), no: z.int(), maybe: z.int(), headcount: z.int() }),
          invitations: z.object({
            nodes: z.array(
              z.object({
                guests: z.array(z.object({ name: z.string() })),
                rsvp: z.object({ response: z.string() }).nullable(),
              }),
            ),
          }),
        }),
      ),
    }),
  }),
});

const login = `mutation Login($input: LoginInput!) { login(input: $input) { accessToken } }`;
const read = `query GuestList {
  me {
    organizedEvents(first: 100) {
      nodes {
        title
        parent { title }
        rsvpSummary { yes no maybe headcount }
        invitations(first: 100) { nodes { guests { name } rsvp { response } } }
      }
    }
  }
}`;

/** What the demo's organizer sees, signed in with what the banner says. */
export async function demoGuestList(url: string, banner: string) {
  const [, email, password] = /Organizer\s+(\S+)\s+password (\S+)/.exec(banner) ?? [];
  const send = createClient(`${url}/graphql`);
  const session = await send(signedIn, login, { input: { email, password } });
  const { me } = await send(guestList, read, {}, session.login.accessToken);
  const events = me.organizedEvents.nodes;
  const weddings = events.filter(({ parent }) => parent === null);
  return {
    weddings,
    sessions: events.filter(({ parent }) => parent !== null),
    people: weddings.flatMap(({ invitations }) =>
      invitations.nodes.flatMap(({ guests }) => guests),
    ),
    answers: weddings.flatMap(({ invitations }) =>
      invitations.nodes.flatMap(({ rsvp }) => rsvp?.response ?? []),
    ),
  };
}
