import { createHash } from 'node:crypto';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';
import { z } from 'zod';
import type { OidcModel, PrismaClient } from '../generated/prisma/client.ts';

/**
 * Kinds whose id is a secret that the client holds. Only its hash is stored. The ids of a browser
 * session and of an interaction stay: their cookies are signed, so the id alone opens nothing.
 */
const secretIds = new Set([
  'AccessToken',
  'AuthorizationCode',
  'RefreshToken',
  'ClientCredentials',
]);

const storable = z.record(z.string(), z.json());
const payloadOf = z.custom<AdapterPayload>((value) => typeof value === 'object' && value !== null);

interface AdapterOptions {
  readonly prisma: PrismaClient;
  /** What the library is to be told of a code or token that another request has just used. */
  readonly usedAlready: () => Error;
}

/** oidc-provider's storage in PostgreSQL. */
export const createOidcAdapter =
  ({ prisma, usedAlready }: AdapterOptions): AdapterFactory =>
  (model): Adapter => {
    const isSecret = secretIds.has(model);
    const stored = (id: string) =>
      isSecret ? createHash('sha256').update(id).digest('base64url') : id;
    const key = (id: string) => ({ model_id: { model, id: stored(id) } });

    return {
      async upsert(id, { jti, ...rest }, expiresIn) {
        const payload = isSecret ? rest : { jti, ...rest };
        const row = {
          payload: storable.parse(JSON.parse(JSON.stringify(payload))),
          grantId: rest.grantId ?? null,
          uid: rest.uid ?? null,
          expiresAt: expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1000),
        };
        await prisma.oidcModel.upsert({
          where: key(id),
          create: { model, id: stored(id), ...row },
          update: row,
        });
      },

      async find(id) {
        const row = await prisma.oidcModel.findUnique({ where: key(id) });
        const payload = row ? payloadIn(row) : undefined;
        return payload ? { ...payload, jti: id } : undefined;
      },

      async findByUid(uid) {
        const row = await prisma.oidcModel.findFirst({ where: { model, uid } });
        return row ? payloadIn(row) : undefined;
      },

      // Only the device flow asks, and it is switched off.
      findByUserCode: async () => undefined,

      async consume(id) {
        const { count } = await prisma.oidcModel.updateMany({
          where: { model, id: stored(id), consumedAt: null },
          data: { consumedAt: new Date() },
        });
        // Two requests may both have read it as unused; only one may use it.
        if (count === 0) throw usedAlready();
      },

      async destroy(id) {
        await prisma.oidcModel.deleteMany({ where: { model, id: stored(id) } });
      },

      async revokeByGrantId(grantId) {
        await prisma.oidcModel.deleteMany({ where: { model, grantId } });
      },
    };
  };

/** An expired row may still be there until it is swept; it counts as gone. */
function payloadIn({ payload, consumedAt, expiresAt }: OidcModel): AdapterPayload | undefined {
  if (expiresAt && expiresAt.getTime() <= Date.now()) return undefined;
  const consumed = consumedAt ? { consumed: Math.floor(consumedAt.getTime() / 1000) } : {};
  return { ...payloadOf.parse(payload), ...consumed };
}
