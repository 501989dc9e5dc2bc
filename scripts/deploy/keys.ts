// `npm run --silent keys > .env`: fresh secrets for one deployment, as docker compose reads them.
import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { generatePlatformKeys } from '@eventxperts/identity';

const secrets = {
  POSTGRES_PASSWORD: randomBytes(24).toString('base64url'),
  ...(await generatePlatformKeys()),
};
// Single quotes: compose takes what is between them as it is, JSON included.
for (const [name, value] of Object.entries(secrets)) process.stdout.write(`${name}='${value}'\n`);
