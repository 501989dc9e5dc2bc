import type { EventAccess } from '@eventxperts/event-access';
import { type Html, html } from '@eventxperts/html';
import type { Guest, Rsvp } from '../generated/prisma/client.ts';

export interface InvitationPage {
  readonly event: EventAccess;
  readonly guests: readonly Guest[];
  readonly partySize: number;
  readonly rsvp: Rsvp | null;
  /** What to tell after an answer was sent. */
  readonly notice?: { readonly kind: 'thanks' | 'refused'; readonly text: string };
}

export const style = `
  :root { color-scheme: light; accent-color: #9c2f43; font: 1.0625rem/1.5 Georgia, 'Noto Serif', 'Noto Serif Telugu', serif }
  *, ::before, ::after { box-sizing: border-box }
  body { margin: 0; padding: 6vh 1rem; background: #fbf3e6; color: #3b1d24 }
  main { max-width: 36rem; margin: 0 auto; padding: clamp(1.5rem, 5vw, 2.75rem); background: #fffdf8;
         border: 1px solid #e3c9a4; border-top: 6px solid #9c2f43; border-radius: 8px;
         box-shadow: 0 12px 32px rgb(86 45 30 / .09) }
  header { text-align: center; padding-bottom: 1.4rem; margin-bottom: 1.6rem; border-bottom: 1px solid #eddcc0 }
  .for { margin: 0; color: #7a5a50; text-wrap: balance }
  h1 { font-size: clamp(1.7rem, 6vw, 2.2rem); line-height: 1.2; margin: .5rem 0 .7rem; color: #9c2f43;
       font-weight: normal; text-wrap: balance; overflow-wrap: anywhere }
  .when { margin: 0; text-wrap: balance }
  fieldset { border: 0; margin: 0 0 1.2rem; padding: 0; display: flex; gap: .6rem; flex-wrap: wrap }
  legend, .name { display: block; padding: 0; margin-bottom: .4rem; font-weight: bold }
  .choice { flex: 1 1 9rem; white-space: nowrap; display: flex; align-items: center; gap: .6rem; padding: .75rem .9rem;
            border: 1px solid #e3c9a4; border-radius: 8px; background: #fff; cursor: pointer }
  .choice:has(:checked) { border-color: #9c2f43; background: #fbeef0 }
  .choice input { margin: 0; width: 1.15rem; height: 1.15rem; flex: none }
  .field { display: block; margin: 0 0 1.2rem }
  .field input, textarea { display: block; width: 100%; padding: .7rem .8rem; font: inherit; color: inherit;
            border: 1px solid #e3c9a4; border-radius: 8px; background: #fff }
  textarea { resize: vertical }
  :focus-visible { outline: 3px solid #d9909d; outline-offset: 1px }
  button { font: inherit; font-weight: bold; width: 100%; padding: .9rem; border: 0; border-radius: 8px;
           background: #9c2f43; color: #fff; cursor: pointer }
  button:hover { background: #852338 }
  .notice { padding: .8rem 1rem; border-radius: 8px; margin: 0 0 1.4rem }
  .thanks { background: #e9f3e6; color: #24501a }
  .refused { background: #fbe6e6; color: #7d1420 }
  @media (max-width: 30rem) { body { padding: 1rem .75rem } .choice { flex-basis: 100% } }
`;

const choices = [
  ['YES', 'With pleasure'],
  ['MAYBE', 'Perhaps'],
  ['NO', 'Sadly not'],
] as const;

/** The page behind an invitation's link: what, when, for whom, and the answer. */
export const invitationPage = (page: InvitationPage): Html => html`
<main>
  <header>
    <p class="for">${namesOf(page.guests)}, you are invited to</p>
    <h1>${page.event.title}</h1>
    <p class="when">${whenAtTheVenue(page.event)}</p>
  </header>
  ${page.notice ? html`<p class="notice ${page.notice.kind}" role="status">${page.notice.text}</p>` : ''}
  ${page.event.status === 'CANCELLED' ? html`<p>It was cancelled.</p>` : answerForm(page)}
</main>`;

export const unknownPage: Html = html`
<main>
  <h1>This link opens no invitation</h1>
  <p>It may be mistyped, or the host took it back. Ask them for a new one.</p>
</main>`;

const answerForm = ({ rsvp, partySize, guests }: InvitationPage): Html => html`
<form method="post">
  <fieldset>
    <legend>Will you come?</legend>
    ${choices.map(
      ([value, label]) => html`
    <label class="choice"><input type="radio" name="response" value="${value}" required${checked(rsvp?.response === value)}> ${label}</label>`,
    )}
  </fieldset>
  <label class="field"><span class="name">How many of you, at most ${partySize}?</span>
    <input type="number" name="headcount" min="0" max="${partySize}" value="${rsvp?.headcount ?? guests.length}"></label>
  <label class="field"><span class="name">A word to your host</span>
    <textarea name="note" rows="3" maxlength="2000">${rsvp?.note ?? ''}</textarea></label>
  <button>${rsvp ? 'Change my answer' : 'Answer'}</button>
</form>`;

const namesOf = (guests: readonly Guest[]): string =>
  new Intl.ListFormat('en-IN', { type: 'conjunction' }).format(guests.map(({ name }) => name));

const checked = (isChecked: boolean): Html => (isChecked ? html` checked` : html``);

/** In the event's own time zone: what the clock on the wall will show. */
const whenAtTheVenue = ({ startsAt, timeZone }: EventAccess): string =>
  new Intl.DateTimeFormat('en-IN', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(
    startsAt,
  );
