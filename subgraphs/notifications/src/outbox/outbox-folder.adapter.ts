import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { id as idSchema } from '@eventxperts/graphql';
import PostalMime from 'postal-mime';

/** A mail as the outbox page shows it. */
export interface OutboxMail {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly date: string;
  readonly text: string;
  readonly html: string | null;
}

const mostListed = 100;

/** The newest mails: their ids are UUIDv7, so the names sort by time. */
export async function listMails(folder: string): Promise<OutboxMail[]> {
  const newest = (await filesIn(folder))
    .filter((name) => name.endsWith('.eml'))
    .sort()
    .reverse()
    .slice(0, mostListed);
  const mails = await Promise.all(newest.map((name) => readMail(folder, name.slice(0, -4))));
  return mails.filter((mail) => mail !== null);
}

/** One mail, or null where there is none. Anything but an id could point out of the folder. */
export async function readMail(folder: string, id: string): Promise<OutboxMail | null> {
  const known = idSchema.safeParse(id);
  if (!known.success) return null;
  const source = await readFile(join(folder, `${known.data}.eml`)).catch(unlessMissing);
  if (!source) return null;
  const { to = [], subject = '', date = '', text = '', html } = await PostalMime.parse(source);
  return {
    id: known.data,
    to: to.map(({ name, address }) => `${name} <${address}>`.trim()).join(', '),
    subject,
    date,
    text,
    html: html ?? null,
  };
}

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(unlessMissing)) ?? [];

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
