import { expect, it } from 'vitest';
import { html } from './html.ts';

it('escapes what was typed and keeps what it made itself', () => {
  const name = `<script>alert("1")</script> & 'Ravi'`;
  const list = ['a', '<b>'].map((item) => html`<li>${item}</li>`);
  expect(html`<p title="${name}">${name}</p><ul>${list}</ul>`.markup).toBe(
    '<p title="&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Ravi&#39;">' +
      '&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Ravi&#39;</p>' +
      '<ul><li>a</li><li>&lt;b&gt;</li></ul>',
  );
});
