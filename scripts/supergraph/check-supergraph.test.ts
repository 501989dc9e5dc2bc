import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { supergraphProblems } from './check-supergraph.ts';
import { type SchemaFiles, writeFiles } from './schema-files.ts';

const promised =
  '"Starts here." type Query { "All halls." halls: [Hall!]! } "A hall." type Hall { id: ID! "Its name." name: String! "Its seats." seats: Int }';
const withoutSeats = promised.replace('"Its seats." seats: Int', '');
const breakOfSeats = 'Hall.seats was removed.';

const schemaOf = (sdl: string, conflicts: readonly string[] = []): SchemaFiles => ({
  apiSchema: buildSchema(sdl),
  supergraphSdl: sdl,
  conflicts,
  files: new Map([['schema/supergraph.graphql', sdl]]),
});

describe('checking the supergraph', () => {
  let root: string;
  const commit = (files: Record<string, string>) =>
    writeFiles(root, new Map(Object.entries(files)));
  /** The repository as it stands when `current` was composed and `released` promised. */
  const repository = (current: SchemaFiles, released: string, breaks: readonly object[] = []) => {
    commit({
      'schema/supergraph.graphql': current.supergraphSdl,
      'schema/released.graphql': released,
      'schema/breaking.json': JSON.stringify(breaks),
    });
    return supergraphProblems(root, current);
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'supergraph-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it('is content when files, promise and descriptions hold', () => {
    expect(repository(schemaOf(promised), promised)).toEqual([]);
  });

  it('lets an addition pass', () => {
    expect(repository(schemaOf(promised), withoutSeats)).toEqual([]);
  });

  it('catches a stale file and says what to run', () => {
    repository(schemaOf(promised), promised);
    commit({ 'schema/supergraph.graphql': 'type Query { old: Int }' });
    expect(supergraphProblems(root, schemaOf(promised))).toEqual([
      'schema/supergraph.graphql is stale. Run `npm run compose` and commit what it writes.',
    ]);
  });

  it('catches a break that nobody recorded', () => {
    const problems = repository(schemaOf(withoutSeats), promised);
    expect(problems).toEqual([expect.stringContaining(breakOfSeats)]);
  });

  it('lets a recorded break pass', () => {
    const breaks = [{ change: breakOfSeats, reason: 'Nobody ever asked for it.' }];
    expect(repository(schemaOf(withoutSeats), promised, breaks)).toEqual([]);
  });

  it('refuses a record without a reason', () => {
    const breaks = [{ change: breakOfSeats, reason: '' }];
    expect(() => repository(schemaOf(withoutSeats), promised, breaks)).toThrow(/reason/);
  });

  it('asks to remove the record of a break that is not there', () => {
    const breaks = [{ change: breakOfSeats, reason: 'Nobody ever asked for it.' }];
    expect(repository(schemaOf(promised), promised, breaks)).toEqual([
      expect.stringContaining('records a break that is not there'),
    ]);
  });

  it('passes on what the subgraphs disagree about', () => {
    expect(repository(schemaOf(promised, ['X: y']), promised)).toEqual([
      'The subgraphs disagree. X: y',
    ]);
  });

  it('asks for the baseline where there is none', () => {
    commit({ 'schema/supergraph.graphql': promised });
    expect(supergraphProblems(root, schemaOf(promised))).toEqual([
      expect.stringContaining('npm run release-schema'),
    ]);
  });
});
