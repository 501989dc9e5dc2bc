import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = resolve(import.meta.dirname, '../..');
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')));

const pages = ['README.md', 'CONTRIBUTING.md', 'docs/architecture.md', 'docs/operations.md'];
const all = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, found = '']) => found);

test.each(pages)('%s names commands, files and headings that there are', (page) => {
  const text = read(page);
  for (const command of all(text, /npm run (?:--silent )?([a-z][\w:-]*)/g)) {
    expect(Object.keys(scripts), page).toContain(command);
  }
  const links = [...all(text, /\]\(([^)]+)\)/g), ...all(text, /src="([^"]+)"/g)];
  for (const link of links.filter((address) => !address.includes('://'))) {
    const [path = '', heading] = link.split('#');
    expect(existsSync(join(root, dirname(page), path)), `${link} of ${page}`).toBe(true);
    if (heading) expect(all(text, /^#+ (.*)$/gm).map(anchor), page).toContain(heading);
  }
});

test('the README’s table of commands leaves none out', () => {
  const [, section = ''] = read('README.md').split('\n## Commands\n');
  const [table = ''] = section.split('\n## ');
  const own = Object.keys(scripts).filter(
    (name) => !(name.slice(3) in scripts && name.startsWith('pre')),
  );
  for (const name of own) expect(table).toMatch(new RegExp(`\\b${name}\\b`));
});

const anchor = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');
