import type { Role } from '@eventxperts/identity';
import { registerEnumType } from 'type-graphql';

export const RoleEnum = {
  USER: 'USER',
  ORGANIZER: 'ORGANIZER',
  STORE_OWNER: 'STORE_OWNER',
  SUPER_ADMIN: 'SUPER_ADMIN',
} as const satisfies { [R in Role]: R };

registerEnumType(RoleEnum, {
  name: 'Role',
  description: 'What an account may do. An account holds one or more.',
  valuesConfig: {
    USER: { description: 'Answers invitations, books and buys.' },
    ORGANIZER: { description: 'Creates events, invites guests and sells tickets.' },
    STORE_OWNER: { description: 'Offers products and services for events.' },
    SUPER_ADMIN: {
      description:
        'Runs the platform. Granted by another of its kind, never chosen at registration.',
    },
  },
});
