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
  :root { color-scheme: light; font-family: Georgia, 'Noto Serif Telugu', serif; line-height: 1.5 }
  body { margin: 0; background: #fbf3e6; color: #3b1d24 }
  main { max-width: 32rem; margin: 6vh auto; padding: 2.5rem 2rem; background: #fffdf8;
         border: 1px solid #e3c9a4; border-top: 6px solid #9c2f43; border-radius: 6px }
  h1 { font-size: 1.9rem; line-height: 1.2; margin: .3rem 0 .8rem; color: #9c2f43 }
  .when { font-size: 1.05rem; margin: 0 0 1.4rem }
  .for { margin: 0; color: #7a5a50 }
  fieldset { border: 0; margin: 0 0 1rem; padding: 0; display: flex; gap: .5rem; flex-wrap: wrap }
  legend { padding: 0; margin-bottom: .4rem }
  .choice { flex: 1 1 7rem; display: block; border: 1px solid #e3c9a4; border-radius: 6px; padding: .7rem .8rem }
  .choice:has(:checked) { border-color: #9c2f43; background: #fbeef0 }
  .field { display: block; margin: 0 0 1rem }
  .field input, textarea { display: block; width: 100%; box-sizing: border-box; margin-top: .3rem; padding: .6rem;
         font: inherit; border: 1px solid #e3c9a4; border-radius: 6px; background: #fff }
  button { font: inherit; width: 100%; padding: .8rem; border: 0; border-radius: 6px; background: #9c2f43; color: #fff; cursor: pointer }
  .notice { padding: .7rem .9rem; border-radius: 6px; margin: 0 0 1.2rem }
  .thanks { background: #e9f3e6; color: #24501a }
  .refused { background: #fbe6e6; color: #7d1420 }
`;

const choices = [
  ['YES', 'With pleasure'],
  ['MAYBE', 'Perhaps'],
  ['NO', 'Sadly not'],
] as const;

/** The page behind an invitation's link: what, when, for whom, and the answer. */
export const invitationPage = (page: InvitationPage): Html => html`
<main>
  <p class="for">${page.guests.map(({ name }) => name).join(', ')}</p>
  <h1>${page.event.title}</h1>
  <p class="when">${whenAtTheVenue(page.event)}</p>
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
  <label class="field">How many of you, at most ${partySize}?
    <input type="number" name="headcount" min="0" max="${partySize}" value="${rsvp?.headcount ?? guests.length}"></label>
  <label class="field">A word to your host
    <textarea name="note" rows="3" maxlength="2000">${rsvp?.note ?? ''}</textarea></label>
  <button>${rsvp ? 'Change my answer' : 'Answer'}</button>
</form>`;

const checked = (isChecked: boolean): Html => (isChecked ? html` checked` : html``);

/** In the event's own time zone: what the clock on the wall will show. */
const whenAtTheVenue = ({ startsAt, timeZone }: EventAccess): string =>
  new Intl.DateTimeFormat('en-IN', { dateStyle: 'full', timeStyle: 'short', timeZone }).format(
    startsAt,
  );
