import { randomBytes } from 'node:crypto';
import { operations } from '../first-flow.ts';
import type { BadInput, Scene } from './scene.ts';

const ofAnother: readonly [name: string, query: string, variables: (scene: Scene) => object][] = [
  ['publishing', operations.publishEvent, ({ eventId }) => ({ id: eventId })],
  [
    'cancelling',
    'mutation Cancel($id: ID!) { cancelEvent(id: $id) { id } }',
    ({ eventId }) => ({ id: eventId }),
  ],
  [
    'inviting to',
    operations.inviteGuests,
    ({ eventId }) => ({ input: { eventId, guests: [{ name: 'Gatecrasher' }] } }),
  ],
];

const codes: readonly [name: string, code: (scene: Scene) => string][] = [
  ['an unknown code', () => randomBytes(32).toString('base64url')],
  ['an altered code', ({ code }) => altered(code)],
  ['a revoked code', ({ revokedCode }) => revokedCode],
  ['a code with its case turned', ({ code }) => turned(code)],
  ['a code with something behind it', ({ code }) => `${code}=`],
  ['an empty code', () => ''],
];

/** What is not theirs, by strangers with accounts and by strangers with codes. */
export const otherPeoples: readonly BadInput[] = [
  ...ofAnother.map(([name, query, variables]) => ({
    name: `${name} another organizer's event`,
    send: (scene: Scene) =>
      scene.supergraph.send({
        query,
        variables: { ...variables(scene) },
        token: scene.stranger.token,
      }),
    code: 'NOT_FOUND',
  })),
  {
    name: "making a session of another organizer's event",
    send: ({ supergraph, stranger, eventId }) =>
      supergraph.send({
        query: operations.createEvent,
        variables: {
          input: {
            title: 'Afterparty',
            startsAt: '2027-02-14T19:00:00Z',
            endsAt: '2027-02-14T21:00:00Z',
            timeZone: 'Asia/Kolkata',
            parentId: eventId,
          },
        },
        token: stranger.token,
      }),
    code: 'NOT_FOUND',
  },
  ...codes.map(([name, codeOf]) => ({
    name: `answering with ${name}`,
    send: (scene: Scene) =>
      scene.supergraph.send({
        query: operations.rsvp,
        variables: { input: { code: codeOf(scene), response: 'YES' } },
      }),
    code: 'NOT_FOUND',
  })),
  {
    name: 'answering with a code of a megabyte',
    send: ({ supergraph }) =>
      supergraph.send({
        query: operations.rsvp,
        variables: { input: { code: 'a'.repeat(900_000), response: 'YES' } },
      }),
    code: 'NOT_FOUND',
  },
];

/** Another character in the middle of the proof. */
function altered(code: string): string {
  const place = code.length - 8;
  return `${code.slice(0, place)}${code[place] === 'A' ? 'B' : 'A'}${code.slice(place + 1)}`;
}

const turned = (code: string): string =>
  [...code].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join('');
