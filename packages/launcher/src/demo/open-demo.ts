import { randomBytes } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJsonFile } from '../read-json-file.ts';
import { type Client, createClient } from './graphql-client.ts';
import { seedWedding } from './wedding.ts';

const demoFile = z.object({
  complete: z.boolean(),
  accounts: z.array(z.object({ role: z.string(), email: z.string(), password: z.string() })),
});

type Demo = z.output<typeof demoFile>;
export type DemoAccount = Demo['accounts'][number];

const people = [
  {
    role: 'Organizer',
    email: 'priya@demo.example',
    displayName: 'Priya Reddy',
    roles: ['ORGANIZER'],
  },
  { role: 'Guest', email: 'arjun@demo.example', displayName: 'Arjun Rao', roles: ['USER'] },
] as const;

const fileIn = (dataDir: string): string => join(dataDir, 'demo.json');

/** Decides on an empty data folder that it gets a demo, with passwords drawn for it alone. */
export const planDemo = (dataDir: string): Promise<void> =>
  save(dataDir, {
    complete: false,
    accounts: people.map(({ role, email }) => ({
      role,
      email,
      password: randomBytes(9).toString('base64url'),
    })),
  });

/**
 * The accounts to try it with. What was planned is made at the first start, by the public endpoint
 * alone; a start that was killed meanwhile is taken up by the next one.
 */
export async function openDemo(url: string, dataDir: string): Promise<readonly DemoAccount[]> {
  const demo = await readJsonFile(fileIn(dataDir), demoFile, 'the accounts of the demo');
  if (!demo) return [];
  if (demo.complete) return demo.accounts;
  process.stdout.write('Making a demo: a wedding in Hyderabad with 200 guests...\n');
  const send = createClient(`${url}/graphql`);
  for (const account of demo.accounts) {
    const accessToken = await signIn(send, account);
    if (account.role === 'Organizer') await seedWedding(send, accessToken, new Date());
  }
  await save(dataDir, { ...demo, complete: true });
  return demo.accounts;
}

const session = z.object({ session: z.object({ accessToken: z.string() }) });
const register = `mutation Register($input: RegisterInput!) { session: register(input: $input) { accessToken } }`;
const login = `mutation Login($input: LoginInput!) { session: login(input: $input) { accessToken } }`;

async function signIn(send: Client, { role, email, password }: DemoAccount): Promise<string> {
  const person = people.find((known) => known.email === email);
  const input = { email, password, displayName: person?.displayName ?? role, roles: person?.roles };
  const made = await send(session, register, { input }).catch(() =>
    send(session, login, { input: { email, password } }),
  );
  return made.session.accessToken;
}

async function save(dataDir: string, demo: Demo): Promise<void> {
  const file = fileIn(dataDir);
  await writeFile(`${file}.new`, JSON.stringify(demo, null, 2), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
