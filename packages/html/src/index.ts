export { escapeHtml, Html, html } from './html.ts';
export { type Page, sendPage } from './send-page.ts';
