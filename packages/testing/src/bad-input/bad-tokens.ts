import { decodeProtectedHeader, exportJWK, generateKeyPair } from 'jose';
import { endingIn, resigned, unsigned } from '../resigned.ts';
import type { BadInput, Scene } from './scene.ts';

const tokens: readonly [name: string, forge: (scene: Scene) => string | Promise<string>][] = [
  ['an expired token', ({ host, issuerKey }) => endingIn(host.token, issuerKey, -60)],
  [
    'a token for another audience',
    ({ host, issuerKey }) => resigned(host.token, issuerKey, { aud: 'https://other.example' }),
  ],
  [
    'a token of another issuer',
    ({ host, issuerKey }) => resigned(host.token, issuerKey, { iss: 'https://other.example' }),
  ],
  [
    'a token without an end',
    ({ host, issuerKey }) => resigned(host.token, issuerKey, { exp: undefined }),
  ],
  [
    'a token signed by another key under the name of the right one',
    async ({ host, issuerKey }) => {
      const { privateKey } = await generateKeyPair('RS256', { extractable: true });
      const { kid = '' } = issuerKey;
      return resigned(host.token, { ...(await exportJWK(privateKey)), kid }, {});
    },
  ],
  [
    'a token signed by a key of the platform',
    ({ host, supergraph }) => {
      const header = { ...decodeProtectedHeader(host.token), alg: 'EdDSA' };
      const key = JSON.parse(supergraph.keys.GUEST_SIGNING_KEY ?? '');
      return resigned(unsigned(host.token, header), key, {});
    },
  ],
  [
    'a token with "alg": "none"',
    ({ host }) => unsigned(host.token, { alg: 'none', typ: 'at+jwt' }),
  ],
  [
    'a token whose claims were altered',
    ({ host, stranger }) => {
      const [header, , signature] = stranger.token.split('.');
      return [header, host.token.split('.')[1], signature].join('.');
    },
  ],
  ['a token that is none', () => 'not.a.token'],
];

/** Each is sent with an operation its true holder might do, and with one that needs no token at all. */
export const badTokens: readonly BadInput[] = tokens.flatMap(([name, forge]) => [
  {
    name: `${name}, cancelling an event`,
    async send(scene: Scene) {
      const { supergraph, eventId } = scene;
      return supergraph.send({
        query: 'mutation Cancel($id: ID!) { cancelEvent(id: $id) { id } }',
        variables: { id: eventId },
        token: await forge(scene),
      });
    },
    code: 'UNAUTHENTICATED',
    status: 401,
  },
  {
    name: `${name}, with a public query`,
    send: async (scene: Scene) =>
      scene.supergraph.send({ query: '{ events { totalCount } }', token: await forge(scene) }),
    code: 'UNAUTHENTICATED',
    status: 401,
  },
]);
