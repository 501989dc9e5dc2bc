import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../testing/eventually.ts';
import { startToyGateway, type ToyGateway } from '../testing/toy-gateway.ts';

let toy: ToyGateway;
beforeAll(async () => {
  toy = await startToyGateway();
});
afterAll(() => toy.stop());

test('a browser at / or /graphql gets the explorer, whose policy allows no inline script', async () => {
  for (const path of ['/', '/graphql']) {
    const response = await fetch(`${toy.url}${path}`, { headers: { accept: 'text/html,*/*' } });
    expect(response.url).toBe(`${toy.url}/`);
    const policy = response.headers.get('content-security-policy') ?? '';
    expect(policy).toMatch("default-src 'none'");
    expect(policy).toMatch("frame-ancestors 'none'");
    expect(/script-src[^;]*/.exec(policy)?.[0]).not.toMatch(/unsafe|\*/);
    expect(await response.text()).not.toMatch(/<script(?! src="\/)/);
  }
});

test('GraphiQL is served whole from here, and only once to a browser that keeps it', async () => {
  const page = await (await fetch(`${toy.url}/graphiql`)).text();
  expect(page).not.toMatch(/(src|href)="(https?:)?\/\//);
  expect(page).not.toMatch(/<script(?! src="\/)/);
  const script = await fetch(`${toy.url}/graphiql.js`);
  expect((await script.text()).length).toBeGreaterThan(1_000_000);
  const again = await fetch(`${toy.url}/graphiql.js`, {
    headers: { 'if-none-match': script.headers.get('etag') ?? '' },
  });
  expect(again.status).toBe(304);
});

test('switched off, neither page is there', async () => {
  const closed = await startToyGateway({ config: { explorer: false } });
  expect((await fetch(`${closed.url}/`)).status).toBe(404);
  expect((await fetch(`${closed.url}/graphiql`)).status).toBe(404);
  await closed.stop();
});

const browserPath = ['/usr/bin/chromium', '/usr/bin/google-chrome', process.env.CHROME_PATH].find(
  (path) => path !== undefined && existsSync(path),
);

test.skipIf(!browserPath)(
  'in a browser without internet: / turns to GraphiQL, which runs a query and a subscription',
  { timeout: 60_000 },
  async () => {
    const browser = await chromium.launch({
      executablePath: browserPath ?? '',
      args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    page.on(
      'console',
      (line) => line.text().includes('Content Security') && faults.push(line.text()),
    );
    await page.route('https://**', (route) => route.abort());
    const run = async (query: string) => {
      await page.goto(`${toy.url}/graphiql?query=${encodeURIComponent(query)}`);
      await page.click('.graphiql-execute-button');
    };
    const shows = (text: string) =>
      page.locator('.graphiql-response .view-lines', { hasText: text }).waitFor();
    try {
      await page.goto(toy.url);
      await page.waitForURL('**/graphiql');
      await page.locator('.graphiql-execute-button').waitFor();
      await run('{ event(id: "e1") { title host { displayName } } }');
      await shows('Asha');
      await run('subscription { answered(eventId: "e1") { headcount event { title } } }');
      await eventually(
        () => toy.toys.answered.listeners.size,
        (size) => size === 1,
      );
      await toy.graphql('mutation { answer(eventId: "e1", headcount: 42) { id } }');
      await shows('42');
      await page.goto('about:blank');
      await eventually(
        () => toy.toys.answered.listeners.size,
        (size) => size === 0,
      );
      expect(faults).toEqual([]);
    } finally {
      await browser.close();
    }
  },
);
