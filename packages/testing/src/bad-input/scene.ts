import type { JWK } from 'jose';
import type { TestSupergraph } from '../create-supergraph.ts';
import { invite, type Person, publishedEvent, registerPerson } from '../first-flow.ts';
import { signingKeyOf } from '../resigned.ts';
import type { Answer } from '../test-client.ts';
import type { Tree } from '../tree.ts';

/** What there is to be harmed, and who tries. */
export interface Scene {
  readonly supergraph: TestSupergraph;
  readonly issuerKey: JWK;
  readonly host: Person;
  /** Another organizer, as good as any. */
  readonly stranger: Person;
  readonly eventId: string;
  /** For one guest and a companion. */
  readonly code: string;
  readonly revokedCode: string;
}

/** A request that must be refused and must change nothing. */
export interface BadInput {
  readonly name: string;
  send(scene: Scene): Promise<Answer>;
  readonly code: string;
  /** For coded input errors: the input field that the answer names. */
  readonly field?: string;
  /** The HTTP status; any when left out. */
  readonly status?: number;
}

export async function setScene(supergraph: TestSupergraph): Promise<Scene> {
  const [host, stranger] = await Promise.all([
    registerPerson(supergraph),
    registerPerson(supergraph),
  ]);
  const eventId = await publishedEvent(supergraph, host);
  const [kept, revoked] = await invite(supergraph, host, eventId, [
    { name: 'Arjun Rao', plusOnesAllowed: 1 },
    { name: 'Sita Rao' },
  ]);
  await supergraph.send({
    query: 'mutation Revoke($id: ID!) { revokeInvitation(id: $id) { id } }',
    variables: { id: revoked.id },
    token: host.token,
  });
  return {
    supergraph,
    issuerKey: signingKeyOf(supergraph.keys.OIDC_SIGNING_KEYS),
    host,
    stranger,
    eventId,
    code: kept.code,
    revokedCode: revoked.code,
  };
}

const everything = `query Everything {
  me {
    displayName email roles
    organizedEvents(first: 100) {
      nodes {
        id title description status startsAt endsAt timeZone capacity updatedAt
        rsvpSummary { invited pending yes no maybe headcount }
        invitations(first: 100) {
          nodes { id status guest { name email } rsvp { response headcount note } }
        }
      }
    }
  }
  events { totalCount }
}`;

/** All that the two organizers can see of what is theirs, and how much is public. */
export async function stateOf({ supergraph, host, stranger }: Scene): Promise<Tree> {
  const answers = await Promise.all(
    [host, stranger].map(({ token }) => supergraph.send({ query: everything, token })),
  );
  return answers.map(({ data, errors }) => ({ data, errors }));
}
