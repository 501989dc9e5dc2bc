import { z } from 'zod';
import type { DemoServer } from './demo-server.ts';

/** What the pictures show of the demo. */
export interface DemoFacts {
  readonly token: string;
  readonly eventId: string;
  /** A household's page, not answered yet. */
  readonly invitationLink: string;
}

const session = z.object({ login: z.object({ accessToken: z.string() }) });
const list = z.object({
  me: z.object({ organizedEvents: z.object({ nodes: z.array(z.object({ id: z.string() })) }) }),
});
const invitations = z.object({
  event: z.object({
    invitations: z.object({
      nodes: z.array(z.object({ link: z.string(), partySize: z.int(), rsvp: z.unknown() })),
    }),
  }),
});

/** Asks the demo as its organizer would. */
export async function readDemo({ url, organizer }: DemoServer): Promise<DemoFacts> {
  const { email, password } = organizer;
  const { login } = await ask(
    session,
    'mutation ($input: LoginInput!) { login(input: $input) { accessToken } }',
    { input: { email, password } },
  );
  const { me } = await ask(
    list,
    '{ me { organizedEvents(first: 1) { nodes { id } } } }',
    {},
    login,
  );
  const eventId = me.organizedEvents.nodes[0]?.id ?? '';
  const { event } = await ask(
    invitations,
    `query ($id: ID!) { event(id: $id) { invitations(first: 50) {
      nodes { link partySize rsvp { response } }
    } } }`,
    { id: eventId },
    login,
  );
  const open = event.invitations.nodes.find(
    ({ rsvp, partySize }) => rsvp === null && partySize > 2,
  );
  return { token: login.accessToken, eventId, invitationLink: open?.link ?? '' };

  async function ask<T>(
    shape: z.ZodType<T>,
    query: string,
    variables: object,
    caller?: { readonly accessToken: string },
  ): Promise<T> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(caller ? { authorization: `Bearer ${caller.accessToken}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    return z.object({ data: shape }).parse(await response.json()).data;
  }
}
