import { newEvent, operations } from '../first-flow.ts';
import type { BadInput } from './scene.ts';

type Values = Readonly<Record<string, unknown>>;

const event = (name: string, changes: Values, field: string): BadInput => ({
  name: `an event with ${name}`,
  send: ({ supergraph, host }) =>
    supergraph.send({
      query: operations.createEvent,
      variables: { input: { ...newEvent, ...changes } },
      token: host.token,
    }),
  code: 'BAD_USER_INPUT',
  field,
});

const guest = (name: string, changes: Values, field: string): BadInput => ({
  name: `a guest with ${name}`,
  send: ({ supergraph, host, eventId }) =>
    supergraph.send({
      query: operations.inviteGuests,
      variables: {
        input: { eventId, guests: [{ name: 'Fine' }, { name: 'Ravi', ...changes }] },
      },
      token: host.token,
    }),
  code: 'BAD_USER_INPUT',
  field: `guests.1.${field}`,
});

const answer = (name: string, changes: Values, field: string): BadInput => ({
  name: `an answer with ${name}`,
  send: ({ supergraph, code }) =>
    supergraph.send({
      query: operations.rsvp,
      variables: { input: { code, response: 'YES', ...changes } },
    }),
  code: 'BAD_USER_INPUT',
  field,
});

const account = (name: string, changes: Values, field: string): BadInput => ({
  name: `an account with ${name}`,
  send: ({ supergraph }) =>
    supergraph.send({
      query: operations.register,
      variables: {
        input: {
          email: 'somebody@people.example',
          password: 'a long enough password',
          displayName: 'Somebody',
          ...changes,
        },
      },
    }),
  code: 'BAD_USER_INPUT',
  field,
});

/** Values of the right type that mean nothing, or harm. */
export const badValues: readonly BadInput[] = [
  answer('a head count over what was allowed', { headcount: 3 }, 'headcount'),
  answer('a negative head count', { headcount: -1 }, 'headcount'),
  answer('a head count beyond 32 bits', { headcount: 2 ** 40 }, 'headcount'),
  answer('a head count of 1.5', { headcount: 1.5 }, 'headcount'),
  answer('people in a NO', { response: 'NO', headcount: 1 }, 'headcount'),
  answer('zero bytes', { note: 'Gladly\0!' }, 'note'),
  event('an end before its start', { endsAt: '2027-02-14T12:00:00Z' }, 'endsAt'),
  event('an end at its start', { endsAt: newEvent.startsAt }, 'endsAt'),
  event('a day that does not exist', { startsAt: '2027-02-30T13:00:00Z' }, 'startsAt'),
  event('an unknown time zone', { timeZone: 'Asia/Atlantis' }, 'timeZone'),
  event('zero bytes in its title', { title: 'Wed\0ding' }, 'title'),
  event('zero bytes in its description', { description: 'Two\0families' }, 'description'),
  event('a line break in its title', { title: 'Wedding\r\nBcc: all@guests.example' }, 'title'),
  event('an empty title', { title: '   ' }, 'title'),
  event('a negative capacity', { capacity: -1 }, 'capacity'),
  event('a place beyond the pole', { venue: { name: 'Pole', latitude: 91 } }, 'venue.latitude'),
  event('a parent that is no id', { parentId: "' or 1=1 --" }, 'parentId'),
  guest('a line break in the address', { email: 'a@guests.example\nBcc: b@x.example' }, 'email'),
  guest('a carriage return in the address', { email: 'a@guests.example\rb' }, 'email'),
  guest('an address that is none', { email: 'arjun' }, 'email'),
  guest('a line break in the name', { name: 'Ravi\nRao' }, 'name'),
  guest('zero bytes in the name', { name: 'Ra\0vi' }, 'name'),
  guest('companions below zero', { plusOnesAllowed: -1 }, 'plusOnesAllowed'),
  account('a line break in the address', { email: 'a@people.example\nBcc: b@x.example' }, 'email'),
  account('zero bytes in the name', { displayName: 'Some\0body' }, 'displayName'),
  account('a password of one character', { password: 'x' }, 'password'),
  account('a role nobody may choose', { roles: ['SUPER_ADMIN'] }, 'roles'),
];
