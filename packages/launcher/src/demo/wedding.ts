import { z } from 'zod';
import type { Client } from './graphql-client.ts';
import { inventHouseholds } from './households.ts';

const event = z.object({ id: z.string(), title: z.string(), startsAt: z.iso.datetime() });
const invitations = z.array(z.object({ code: z.string(), partySize: z.int() }));
const createdEvent = z.object({ createEvent: event });
const made = z.object({ inviteGuests: invitations });
const present = z.object({
  me: z.object({ organizedEvents: z.object({ nodes: z.array(event) }) }),
});
const invited = z.object({
  event: z.object({ invitations: z.object({ nodes: invitations }) }),
});

const organizedEvents = `query OrganizedEvents { me { organizedEvents(first: 100) { nodes { id title startsAt } } } }`;
const createEvent = `mutation CreateEvent($input: CreateEventInput!) { createEvent(input: $input) { id title startsAt } }`;
const publishEvent = `mutation PublishEvent($id: ID!) { publishEvent(id: $id) { id } }`;
const invitedGuests = `query InvitedGuests($id: ID!) { event(id: $id) { invitations(first: 100) { nodes { code partySize } } } }`;
const inviteGuests = `mutation InviteGuests($input: InviteGuestsInput!) { inviteGuests(input: $input) { code partySize } }`;
const answer = `mutation Answer($input: RsvpInput!) { rsvp(input: $input) { id } }`;

const timeZone = 'Asia/Kolkata';
const answersAtATime = 3;

const wedding = {
  title: 'Wedding of Ananya and Karthik',
  description:
    'Two families from Hyderabad invite you to three days of celebration. Come hungry, bring dancing shoes.',
  visibility: 'PUBLIC',
  capacity: 320,
  venue: {
    name: 'Lotus Pond Gardens',
    address: 'Banjara Hills Road No. 14',
    city: 'Hyderabad',
    latitude: 17.4156,
    longitude: 78.4347,
  },
};

/** Offsets in hours from the first day's midnight in Hyderabad. */
const sessions = [
  { title: 'Mehendi', description: 'Henna, chaat and old songs.', from: 16, to: 21 },
  { title: 'Sangeet', description: 'Dances by both families.', from: 42, to: 47 },
  { title: 'Muhurtham', description: 'The ceremony, at the auspicious hour.', from: 57, to: 61 },
  { title: 'Reception', description: 'Dinner with everyone.', from: 66, to: 71 },
] as const;

/**
 * A wedding with four sessions, 200 guests in households, and most of their answers. What a start that
 * was killed has made of it is taken up where it stopped.
 */
export async function seedWedding(send: Client, organizer: string, today: Date): Promise<void> {
  const { me } = await send(present, organizedEvents, {}, organizer);
  const known = new Map(me.organizedEvents.nodes.map((node) => [node.title, node]));
  const publish = async (input: { readonly title: string; readonly [field: string]: unknown }) => {
    const found =
      known.get(input.title) ??
      (await send(createdEvent, createEvent, { input }, organizer)).createEvent;
    await send(z.unknown(), publishEvent, { id: found.id }, organizer);
    return found;
  };

  const planned = hours(daysFrom(today, 90), sessions[0].from, sessions[3].to);
  const { id, startsAt } = await publish({ ...wedding, timeZone, ...planned });
  const firstDay = new Date(Date.parse(startsAt) - sessions[0].from * hour);
  for (const { title, description, from, to } of sessions) {
    const times = hours(firstDay, from, to);
    const { venue } = wedding;
    await publish({ title, description, timeZone, parentId: id, venue, ...times });
  }
  const answers = (await invite(send, organizer, id)).flatMap((invitation, index) => {
    const input = answerOf(index, invitation);
    return input ? [input] : [];
  });
  // They all count in one row: more at a time would only wait for each other, on a slow machine too long.
  const answering = Array.from({ length: answersAtATime }, async () => {
    for (let input = answers.pop(); input; input = answers.pop()) {
      await send(z.unknown(), answer, { input });
    }
  });
  await Promise.all(answering);
}

/** All at once or none, so that some guests are all guests. */
async function invite(send: Client, organizer: string, eventId: string) {
  const { event } = await send(invited, invitedGuests, { id: eventId }, organizer);
  if (event.invitations.nodes.length > 0) return event.invitations.nodes;
  const input = { eventId, guests: inventHouseholds(200) };
  return (await send(made, inviteGuests, { input }, organizer)).inviteGuests;
}

/** Of ten households six come, one does not, one wavers and two have not answered. */
function answerOf(index: number, { code, partySize }: { code: string; partySize: number }) {
  const kind = index % 10;
  if (kind < 6) return { code, response: 'YES', headcount: Math.max(1, partySize - (kind % 2)) };
  if (kind === 6) return { code, response: 'NO', note: 'With you in thought.' };
  if (kind === 7) return { code, response: 'MAYBE', headcount: 1 };
  return undefined;
}

const daysFrom = (today: Date, days: number): Date => {
  const midnightInHyderabad = new Date(today);
  midnightInHyderabad.setUTCHours(18, 30, 0, 0);
  return new Date(midnightInHyderabad.getTime() + days * 24 * hour);
};

const hour = 3_600_000;

const hours = (day: Date, from: number, to: number) => ({
  startsAt: new Date(day.getTime() + from * hour).toISOString(),
  endsAt: new Date(day.getTime() + to * hour).toISOString(),
});
