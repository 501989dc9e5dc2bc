import { v5 as uuidv5 } from 'uuid';

/**
 * The id of a person whose issuer gives none in the claim `user_id`: UUIDv5 of the subject in the
 * issuer's own namespace. Every service derives the same id, so none has to look it up.
 */
export const userIdOf = (issuer: string, subject: string): string =>
  uuidv5(subject, uuidv5(issuer, uuidv5.URL));
