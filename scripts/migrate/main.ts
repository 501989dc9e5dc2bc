import path from 'node:path';
import { StartError } from '@eventxperts/database';
import { checkMigrations } from './check-migrations.ts';
import { domainDir, listDomains } from './domains.ts';
import { newMigration } from './new-migration.ts';
import { withThrowAwayServer } from './throw-away-server.ts';

const help = `Migrations of the domains, offline: an embedded PostgreSQL replays them and is thrown away.

  node scripts/migrate.mjs new <domain> <name>   after a change of prisma/<domain>/schema.prisma: writes
                                                 prisma/<domain>/migrations/<time>_<name>/migration.sql
  node scripts/migrate.mjs check [<domain>...]   fails when a schema.prisma and its migrations disagree

The standalone run and the services apply migrations as they start. Read what was written, and add by
hand what Prisma does not know (checks, partial indexes, triggers). An applied migration is never
edited: a mistake is mended by the next one.

With a database of your own the stock commands work as well, for example
  cd prisma/<domain> && DATABASE_URL=postgresql://... npx prisma migrate deploy
`;

async function main([command, ...args]: string[]): Promise<number> {
  switch (command) {
    case 'new':
      return writeNew(args);
    case 'check':
      return check(args);
    case undefined:
    case '-h':
    case '--help':
      process.stdout.write(help);
      return 0;
    default:
      process.stderr.write(help);
      return 2;
  }
}

async function writeNew([domain, ...words]: string[]): Promise<number> {
  if (domain === undefined || words.length === 0) {
    throw new StartError('Say which domain and a name: new <domain> <name>');
  }
  await refuseUnknown([domain]);
  const name = words.join(' ');
  const file = await withThrowAwayServer((url) =>
    newMigration({ url, domainDir: domainDir(domain), name }),
  );
  process.stdout.write(
    file
      ? `${path.relative(process.cwd(), file)}\n`
      : `The migrations of ${domain} make its schema.prisma already.\n`,
  );
  return 0;
}

async function check(args: string[]): Promise<number> {
  await refuseUnknown(args);
  const domains = args.length > 0 ? args : await listDomains();
  const disagreements = await withThrowAwayServer((url) => checkMigrations(url, domains));
  for (const { domain, sql } of disagreements) {
    process.stdout.write(`${domain}: schema.prisma wants what no migration makes:\n\n${sql}\n`);
  }
  return disagreements.length > 0 ? 1 : 0;
}

async function refuseUnknown(domains: readonly string[]): Promise<void> {
  const known = await listDomains();
  const unknown = domains.find((domain) => !known.includes(domain));
  if (unknown) throw new StartError(`There is no domain ${unknown}: ${known.join(', ')}.`);
}

// By default a signal would end us without the word that takes the throw-away server along.
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(130));

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
