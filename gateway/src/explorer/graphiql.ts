import { renderGraphiQL } from '@graphql-yoga/render-graphiql';

const defaultQuery = `# Write a query and press Ctrl-Enter. Completion: Ctrl-Space.
# A token goes into the "Headers" tab: { "authorization": "Bearer ..." }

query Hello {
  __typename
}
`;

/** The page and its script apart, so that its policy needs no inline script. */
export function renderGraphiql(): { html: string; script: string } {
  const page = renderGraphiQL({
    endpoint: '/graphql',
    title: 'EventXperts: GraphiQL',
    defaultQuery,
    shouldPersistHeaders: false,
  });
  const start = page.indexOf('<script>');
  const end = page.lastIndexOf('</script>');
  return {
    html: `${page.slice(0, start)}<script src="/graphiql.js"></script>${page.slice(end + '</script>'.length)}`,
    script: page.slice(start + '<script>'.length, end),
  };
}
