import { z } from 'zod';
import type { Client } from './graphql-client.ts';
import { inventHouseholds } from './households.ts';

const eventId = z.object({ createEvent: z.object({ id: z.string() }) });
const made = z.object({
  inviteGuests: z.array(z.object({ code: z.string(), partySize: z.int() })),
});

const createEvent = `mutation CreateEvent($input: CreateEventInput!) { createEvent(input: $input) { id } }`;
const publishEvent = `mutation PublishEvent($id: ID!) { publishEvent(id: $id) { id } }`;
const inviteGuests = `mutation InviteGuests($input: InviteGuestsInput!) { inviteGuests(input: $input) { code partySize } }`;
const answer = `mutation Answer($input: RsvpInput!) { rsvp(input: $input) { id } }`;

const timeZone = 'Asia/Kolkata';

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

/** A wedding with four sessions, 200 guests in households, and most of their answers. */
export async function seedWedding(send: Client, organizer: string, today: Date): Promise<void> {
  const firstDay = daysFrom(today, 90);
  const create = (input: object) => send(eventId, createEvent, { input }, organizer);
  const { createEvent: event } = await create({
    ...wedding,
    timeZone,
    ...hours(firstDay, sessions[0].from, sessions[3].to),
  });
  await send(z.unknown(), publishEvent, { id: event.id }, organizer);
  for (const { title, description, from, to } of sessions) {
    const { createEvent: session } = await create({
      title,
      description,
      timeZone,
      parentId: event.id,
      venue: wedding.venue,
      ...hours(firstDay, from, to),
    });
    await send(z.unknown(), publishEvent, { id: session.id }, organizer);
  }
  const guests = inventHouseholds(200);
  const { inviteGuests: invitations } = await send(
    made,
    inviteGuests,
    { input: { eventId: event.id, guests } },
    organizer,
  );
  await Promise.all(
    invitations.flatMap((invitation, index) => {
      const input = answerOf(index, invitation);
      return input ? [send(z.unknown(), answer, { input })] : [];
    }),
  );
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
  return new Date(midnightInHyderabad.getTime() + days * 86_400_000);
};

const hours = (day: Date, from: number, to: number) => ({
  startsAt: new Date(day.getTime() + from * 3_600_000).toISOString(),
  endsAt: new Date(day.getTime() + to * 3_600_000).toISOString(),
});
