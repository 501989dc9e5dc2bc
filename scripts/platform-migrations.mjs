#!/usr/bin/env node
// Copies the tables of the platform into every domain's migrations. Each package owns the SQL of its
// tables; the copies make a domain's folder complete for `prisma migrate deploy`. Once released, a
// change of such tables is a new file and a new line below, not an edit.
// `node scripts/platform-migrations.mjs` copies, with `--check` it fails where a copy is not its master.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const everyDomain = () => true;
const eventProjecting = (domain) => domain !== 'users' && domain !== 'events';
const liveServing = (domain) => domain === 'invitations';

/** Earlier than any domain's own migration, which may refer to these tables. */
const platformMigrations = [
  {
    name: '20260101000000_messaging',
    master: 'packages/messaging/sql/messaging.sql',
    appliesTo: everyDomain,
  },
  {
    name: '20260101000100_user_status',
    master: 'packages/identity/sql/user-status.sql',
    appliesTo: everyDomain,
  },
  {
    name: '20260101000200_event_access',
    master: 'packages/event-access/sql/event-access.sql',
    appliesTo: eventProjecting,
  },
  {
    name: '20260101000300_idempotency',
    master: 'packages/subgraph/sql/idempotency.sql',
    appliesTo: everyDomain,
  },
  {
    name: '20260101000400_live',
    master: 'packages/live/sql/live.sql',
    appliesTo: liveServing,
  },
];

/** The copies that are missing or differ from their master, as `{ file, text }`. */
function staleCopies(root) {
  return listDomains(root).flatMap((domain) =>
    platformMigrations
      .filter(({ appliesTo }) => appliesTo(domain))
      .map(({ name, master }) => ({
        file: join('prisma', domain, 'migrations', name, 'migration.sql'),
        text: readFileSync(join(root, master), 'utf8'),
      }))
      .filter(({ file, text }) => readCopy(join(root, file)) !== text),
  );
}

/** Returns the files it wrote. */
function copyPlatformMigrations(root) {
  const stale = staleCopies(root);
  for (const { file, text } of stale) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  return stale.map(({ file }) => file);
}

const readCopy = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : undefined);

const listDomains = (root) =>
  readdirSync(join(root, 'prisma'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);

function main(root, checkOnly) {
  const files = checkOnly
    ? staleCopies(root).map(({ file }) => file)
    : copyPlatformMigrations(root);
  for (const file of files) process.stdout.write(`${file}\n`);
  if (!checkOnly || files.length === 0) return 0;
  process.stderr.write('These differ from their masters: node scripts/platform-migrations.mjs\n');
  return 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const root = fileURLToPath(new URL('..', import.meta.url));
  process.exitCode = main(root, process.argv.includes('--check'));
}
