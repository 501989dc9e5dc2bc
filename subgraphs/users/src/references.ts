import type { ReferenceResolver } from '@eventxperts/subgraph';
import type { UsersContext } from './context.ts';

/** How other domains' references to users are answered. Users itself refers to no foreign entity. */
export const references: Record<string, ReferenceResolver<UsersContext>> = {
  User: ({ id }, { visibleUsers }) => (typeof id === 'string' ? visibleUsers.load(id) : null),
};
