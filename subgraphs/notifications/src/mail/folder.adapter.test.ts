import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createOutboxFolder } from './folder.adapter.ts';
import { from, mailTo } from './mail.fixture.ts';

let root: string;
let folder: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'outbox-'));
  folder = join(root, 'mails');
});
afterEach(() => rm(root, { recursive: true, force: true }));

it('writes one file a mail, which only its owner may read', async () => {
  await createOutboxFolder({ folder, from }).send(mailTo());
  const file = '01890000-0000-7000-8000-000000000001.eml';
  expect(await readdir(folder)).toEqual([file]);
  expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  expect(await readFile(join(folder, file), 'utf8')).toContain('To: Lakshmi Rao');
});

it('has the mail once, however often it is given, also at the same time', async () => {
  const outbox = createOutboxFolder({ folder, from });
  await Promise.all(Array.from({ length: 8 }, () => outbox.send(mailTo())));
  expect(await readdir(folder)).toEqual(['01890000-0000-7000-8000-000000000001.eml']);
});

it('leaves no part of a mail behind when it cannot be put in its place', async () => {
  // A folder where the mail should be: the last step, the rename, fails.
  await mkdir(join(folder, '01890000-0000-7000-8000-000000000001.eml'), { recursive: true });
  await expect(createOutboxFolder({ folder, from }).send(mailTo())).rejects.toThrow();
  expect(await readdir(folder)).toEqual(['01890000-0000-7000-8000-000000000001.eml']);
});
