export {
  type AnonymousCaller,
  anonymous,
  type Caller,
  type GuestCaller,
  type Role,
  roleSchema,
  roles,
  type ServiceCaller,
  type UserCaller,
} from './caller.ts';
export {
  type IdentityEnvironment,
  identityEnvironment,
  jwksVariable,
  jwkVariable,
  localIssuer,
  verifierFrom,
} from './environment.ts';
export { type Jwks, localKeys, publicJwks, remoteKeys } from './keys.ts';
export { generatePlatformKeys, type PlatformKeys } from './platform-keys.ts';
export {
  createGuestTokens,
  createServiceTokens,
  defaultPlatformIssuer,
  type GuestTokens,
  type ServiceTokens,
} from './platform-tokens.ts';
export { createRevocation, type Revocation } from './revocation.ts';
export { userIdOf } from './user-id.ts';
export { userStatusHandlers } from './user-status.ts';
export { createVerifier, type Verifier, type VerifierConfig } from './verifier.ts';
