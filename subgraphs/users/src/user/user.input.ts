import { email, line } from '@eventxperts/graphql';
import type { UserCaller } from '@eventxperts/identity';

export const displayName = line(100);

/** What an outside issuer says of a person, as far as it is fit to be shown and written to. */
export function outsideProfile(profile: UserCaller['profile']): {
  email: string | null;
  displayName: string;
} {
  const name = displayName.safeParse(profile.displayName);
  const address = email.safeParse(profile.email);
  return {
    email: address.success ? address.data : null,
    displayName: name.success ? name.data : 'New member',
  };
}
