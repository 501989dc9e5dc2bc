import { Directive } from 'type-graphql';

/** Declares that a field needs a signed-in user. The gateway and the subgraph both enforce it. */
export const Authenticated = (): PropertyDecorator & MethodDecorator & ClassDecorator =>
  Directive('@authenticated');

/** Scopes as the schema names them; a user has `role:<ROLE>` for each role held. */
export type Scope = 'role:USER' | 'role:ORGANIZER' | 'role:STORE_OWNER' | 'role:SUPER_ADMIN';

/** Declares the scopes that a field needs: any one of the lists, all of its scopes. */
export const RequiresScopes = (
  anyOf: readonly (readonly Scope[])[],
): PropertyDecorator & MethodDecorator & ClassDecorator =>
  Directive(`@requiresScopes(scopes: ${JSON.stringify(anyOf)})`);
