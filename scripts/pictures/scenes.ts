import type { Page } from 'playwright-core';
import type { Viewport } from './browser.ts';
import type { DemoFacts } from './demo-facts.ts';

/** One picture: what is opened, in a window of what size, and what is done before it is taken. */
export interface Scene {
  readonly file: string;
  readonly viewport: Viewport;
  readonly address: string;
  readonly prepare?: (page: Page) => Promise<void>;
}

const desktop = { width: 1280, height: 800 };
const phone = { width: 390, height: 1010, scale: 1.5 };

const federatedQuery = `# One answer out of three subgraphs:
# events, users and invitations.
query TheWedding($id: ID!) {
  event(id: $id) {
    title
    startsAt
    timeZone
    venue { name city }
    organizer { displayName }
    rsvpSummary { yes no headcount }
    invitations(first: 2) {
      nodes {
        status
        guest { name }
        rsvp { response headcount }
      }
    }
  }
}
`;

export const scenes = (url: string, { token, eventId, invitationLink }: DemoFacts): Scene[] => [
  {
    file: 'explorer.png',
    viewport: desktop,
    address: `${url}/graphiql?${new URLSearchParams({ query: federatedQuery })}`,
    async prepare(page) {
      await typeInto(page, 'Variables', { id: eventId });
      await typeInto(page, 'Headers', { authorization: `Bearer ${token}` });
      await page.click('.graphiql-execute-button');
      await page.locator('.graphiql-response .view-lines', { hasText: 'headcount' }).waitFor();
    },
  },
  { file: 'invitation.png', viewport: { width: 1000, height: 840 }, address: invitationLink },
  {
    file: 'invitation-phone.png',
    viewport: phone,
    address: invitationLink,
    async prepare(page) {
      await page.getByText('With pleasure').click();
      await page.locator('textarea').fill('We are looking forward to it!');
      await page.locator('button').click();
      await page.locator('.thanks').waitFor();
    },
  },
  {
    file: 'outbox.png',
    viewport: { width: 1000, height: 560 },
    address: `${url}/notifications/outbox`,
  },
  {
    file: 'mail.png',
    viewport: { width: 1000, height: 640 },
    address: `${url}/notifications/outbox`,
    async prepare(page) {
      await page.locator('main a').first().click();
      await page.frameLocator('iframe').locator('a').first().waitFor();
    },
  },
];

/** Into one of GraphiQL's two lower editors, of which one is shown at a time. */
async function typeInto(page: Page, tab: 'Variables' | 'Headers', json: object): Promise<void> {
  await page.getByRole('button', { name: tab }).click();
  await page.locator('.graphiql-editor-tool .monaco-editor:visible').click();
  await page.keyboard.insertText(JSON.stringify(json));
  await page.keyboard.press('Home');
}
