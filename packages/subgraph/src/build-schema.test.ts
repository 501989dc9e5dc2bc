import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { buildSchema, printSubgraph } from './build-schema.ts';
import { createDiary } from './testing/diary.fixture.ts';

const { definition } = createDiary();
const sdl = printSubgraph(definition);

it('links the federation it speaks, and defines none of its directives itself', () => {
  expect(sdl).toMatch(/^extend schema @link\(url: "https:\/\/specs.apollo.dev\/federation\/v2/);
  expect(sdl).not.toMatch(/^directive /m);
  expect(sdl).not.toMatch(/^schema /m);
  expect(sdl).not.toContain('_entities');
});

it('keeps descriptions, keys and access rules', () => {
  expect(sdl).toContain('"""A page of a diary."""\ntype Entry @key(fields: "id")');
  expect(sdl).toContain('type Lock @authenticated');
  expect(sdl).toContain(
    'ledger: String @requiresScopes(scopes: [["role:ORGANIZER"], ["role:STORE_OWNER", "role:USER"]])',
  );
});

it('prints arguments in one order, so that a schema is compared by its text', () => {
  expect(sdl.indexOf('asOf: DateTime')).toBeLessThan(sdl.indexOf('id: ID!\n  ): Entry'));
  expect(printSubgraph(definition)).toBe(sdl);
});

it('is what the running subgraph tells the gateway', async () => {
  const { subgraph } = createDiary();
  const { data } = await subgraph.execute({ query: '{ _service { sdl } }', headers: {} });
  const served = JSON.parse(JSON.stringify(data))._service.sdl;
  // Federation's own names begin in another way.
  const names = (text: string) =>
    parse(text)
      .definitions.flatMap((definition) =>
        'name' in definition && definition.name ? [definition.name.value] : [],
      )
      .filter((name) => /^[A-Z]/.test(name))
      .sort();
  expect(names(served)).toEqual(names(sdl));
});

it('answers entities by its references', () => {
  expect(buildSchema(definition).getQueryType()?.getFields()).toHaveProperty('_entities');
});
