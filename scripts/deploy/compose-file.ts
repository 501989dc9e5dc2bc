import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';

const isSet = (entry: [string, string | null]): entry is [string, string] => entry[1] !== null;

const service = z.looseObject({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.string()).optional(),
  // A variable without a value is passed through where it is set; here, none is.
  environment: z
    .record(z.string(), z.string().nullable())
    .transform((all) => Object.fromEntries(Object.entries(all).filter(isSet))),
  ports: z.array(z.string()).optional(),
  healthcheck: z.looseObject({ test: z.array(z.string()) }),
  depends_on: z.record(z.string(), z.looseObject({ condition: z.string() })).optional(),
});

/** The parts of docker-compose.yml that its tests speak of. */
const composeFile = z.looseObject({ services: z.record(z.string(), service) });

export type ComposeFile = z.infer<typeof composeFile>;

export const readYaml = (path: string): unknown =>
  parse(readFileSync(path, 'utf8'), { merge: true });

/** Interpolates as compose does: `${NAME}`, `${NAME:-default}`, `${NAME:?reason}`. */
export function parseComposeFile(
  yaml: unknown,
  variables: Readonly<Record<string, string>>,
): ComposeFile {
  return composeFile.parse(interpolated(yaml, variables));
}

function interpolated(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return interpolatedText(value, variables);
  if (Array.isArray(value)) return value.map((item) => interpolated(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, interpolated(item, variables)]),
  );
}

const interpolatedText = (text: string, variables: Readonly<Record<string, string>>): string =>
  text.replace(
    /\$\{(\w+)(?::([-?])([^}]*))?\}/g,
    (_, name: string, kind: string | undefined, rest = '') => {
      const value = variables[name];
      if (value) return value;
      if (kind === '-') return rest;
      throw new Error(`${name} is not set (${rest}).`);
    },
  );
