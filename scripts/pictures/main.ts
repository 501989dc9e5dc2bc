// `npm run pictures`: draws docs/pictures/ anew, from the schema files and a demo that runs meanwhile.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import process from 'node:process';
import { StartError } from '@eventxperts/errors';
import { readSupergraphConfig } from '../supergraph/supergraph-config.ts';
import { drawArchitecture } from './architecture.ts';
import { createPictureBrowser, type PictureBrowser } from './browser.ts';
import { readDemo } from './demo-facts.ts';
import { startDemoServer } from './demo-server.ts';
import { ownTypes } from './own-types.ts';
import { type Scene, scenes } from './scenes.ts';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'docs/pictures');

async function main(): Promise<void> {
  mkdirSync(folder, { recursive: true });
  save('architecture.svg', architecture());
  const browser = createPictureBrowser(process.env.CHROMIUM);
  const server = await startDemoServer(root);
  try {
    for (const scene of scenes(server.url, await readDemo(server))) {
      save(scene.file, await photograph(browser, scene));
    }
  } finally {
    await server.stop();
  }
}

const architecture = (): string =>
  drawArchitecture(
    readSupergraphConfig(root).map(({ name, schemaFile }) => ({
      name,
      types: ownTypes(readFileSync(join(root, schemaFile), 'utf8')),
    })),
  );

const photograph = (browser: PictureBrowser, { viewport, address, prepare }: Scene) =>
  browser.open(viewport, async (window) => {
    const page = await window.newPage();
    await page.goto(address);
    await prepare?.(page);
    await page.evaluate('document.activeElement?.blur()');
    return page.screenshot();
  });

function save(name: string, content: string | Buffer): void {
  writeFileSync(join(folder, name), content);
  process.stdout.write(`docs/pictures/${name}: ${Math.ceil(content.length / 1000)} KB\n`);
}

main().catch((error: unknown) => {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
