import { hash, verify } from '@node-rs/argon2';

/** argon2id with the least cost that OWASP accepts: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The hash of a password that nobody knows, at the same cost as every other. */
const nobodysHash =
  '$argon2id$v=19$m=19456,t=2,p=1$eLDFjOd7LiMgh342vG4kZA$F7vGNC+vdbfWk/eDxdX0g0Nklzl2kIr+JlbCwvGWXMc';

export const hashPassword = (password: string): Promise<string> => hash(password, cost);

/**
 * Whether the password is the account's. Where there is no account a hash is computed all the same,
 * so that the time of the answer does not tell which addresses have one.
 */
export async function isPassword(
  passwordHash: string | null | undefined,
  password: string,
): Promise<boolean> {
  const matches = await verify(passwordHash ?? nobodysHash, password);
  return matches && passwordHash != null;
}
