const script =
  'https://embeddable-sandbox.cdn.apollographql.com/_latest/embeddable-sandbox.umd.production.min.js';

export const sandboxPage = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>EventXperts: Apollo Sandbox</title>
    <style>
      html, body { height: 100%; margin: 0; font: 15px/1.5 system-ui, sans-serif; }
      #sandbox { position: fixed; inset: 0; }
      #sandbox iframe { width: 100%; height: 100%; border: 0; }
      noscript, #wait { display: block; padding: 2rem; }
    </style>
  </head>
  <body>
    <div id="sandbox"><span id="wait">Loading Apollo Sandbox. The local explorer is at <a href="/graphiql">/graphiql</a>.</span></div>
    <noscript>The GraphQL endpoint is <code>/graphql</code>.</noscript>
    <script src="/explorer.js"></script>
  </body>
</html>
`;

/** Without the outside world (or within three seconds of no answer from it) the local explorer takes over. */
export const sandboxScript = `'use strict';
const useLocal = () => location.replace('/graphiql');
const patience = setTimeout(useLocal, 3000);
const embed = document.createElement('script');
embed.src = ${JSON.stringify(script)};
embed.onerror = () => { clearTimeout(patience); useLocal(); };
embed.onload = () => {
  clearTimeout(patience);
  document.getElementById('wait').remove();
  const endpoint = location.origin + '/graphql';
  new window.EmbeddedSandbox({
    target: '#sandbox',
    initialEndpoint: endpoint,
    initialSubscriptionEndpoint: endpoint.replace(/^http/, 'ws'),
    includeCookies: false,
    runTelemetry: false,
  });
};
document.head.append(embed);
`;
