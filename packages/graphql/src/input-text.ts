import { z } from 'zod';

const hasForbidden = (text: string, allowed: string): boolean =>
  [...text].some((char) => (char < ' ' || char === '\u007f') && !allowed.includes(char));

/** One line of text: trimmed, not empty, no control characters (a line break would forge a mail header). */
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'Must not be empty.')
    .max(max, `Must not be longer than ${max} characters.`)
    .refine(
      (text) => !hasForbidden(text, ''),
      'Must not contain line breaks or control characters.',
    );

/** Several lines of text. PostgreSQL cannot store the zero byte; other control characters have no use. */
export const paragraph = (max: number) =>
  z
    .string()
    .max(max, `Must not be longer than ${max} characters.`)
    .refine((text) => !hasForbidden(text, '\n\r\t'), 'Must not contain control characters.');

/** An e-mail address in lower case, so that one person has one account. */
export const email = line(254)
  .pipe(z.email('Must be an e-mail address.'))
  .transform((text) => text.toLowerCase());

/** An id as clients hold it: a UUID. Anything else cannot exist, and is refused before the database sees it. */
export const id = z
  .guid('Must be an id given by this API.')
  .transform((text) => text.toLowerCase());
