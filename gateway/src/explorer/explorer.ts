import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { sandboxPage, sandboxScript } from './sandbox.ts';

/** A static answer, with the policy that says what its page may load. */
interface Page {
  readonly type: string;
  readonly body: string | Buffer;
  readonly etag: string;
}

export interface Explorer {
  /** Whether the path is one of the explorer's. */
  serve(pathname: string, response: ServerResponse): Promise<boolean>;
}

const sandboxCdn = 'https://embeddable-sandbox.cdn.apollographql.com';
const sandboxFrame = 'https://sandbox.embed.apollographql.com';

const policy = (directives: Record<string, string>): string =>
  Object.entries({
    'default-src': "'none'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
    ...directives,
  })
    .map(([name, value]) => `${name} ${value}`)
    .join('; ');

const sandboxPolicy = policy({
  'script-src': `'self' ${sandboxCdn}`,
  'style-src': "'self' 'unsafe-inline'",
  'connect-src': "'self'",
  'frame-src': sandboxFrame,
  'img-src': "'self' data: https://*.apollographql.com",
});

// Monaco, GraphiQL's editor, writes its styles into the page and starts its workers from blobs.
const graphiqlPolicy = policy({
  'script-src': "'self'",
  'style-src': "'self' 'unsafe-inline'",
  'worker-src': 'blob:',
  'connect-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self' data:",
});

/**
 * `/` is Apollo Sandbox, which turns to `/graphiql` where its script cannot be loaded. GraphiQL is
 * served from here whole; its nine megabytes are loaded when somebody first opens it.
 */
export function createExplorer(): Explorer {
  const made = new Map<string, Promise<Page>>();

  async function make(pathname: string): Promise<Page | undefined> {
    switch (pathname) {
      case '/':
        return page('text/html; charset=utf-8', sandboxPage);
      case '/explorer.js':
        return page('text/javascript; charset=utf-8', sandboxScript);
      case '/graphiql':
        return page('text/html; charset=utf-8', (await graphiql()).html);
      case '/graphiql.js':
        return page('text/javascript; charset=utf-8', (await graphiql()).script);
      default:
        return undefined;
    }
  }
  const graphiql = () => import('./graphiql.ts').then(({ renderGraphiql }) => renderGraphiql());
  const paths = new Set(['/', '/explorer.js', '/graphiql', '/graphiql.js']);

  async function pageAt(pathname: string): Promise<Page | undefined> {
    if (!paths.has(pathname)) return undefined;
    const known = await made.get(pathname);
    if (known) return known;
    const fresh = await make(pathname);
    if (fresh) made.set(pathname, Promise.resolve(fresh));
    return fresh;
  }

  return {
    async serve(pathname, response) {
      const found = await pageAt(pathname);
      if (!found) return false;
      const headers = {
        'content-security-policy': pathname.startsWith('/graphiql')
          ? graphiqlPolicy
          : sandboxPolicy,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
        etag: found.etag,
      };
      if (response.req.headers['if-none-match'] === found.etag) {
        response.writeHead(304, headers).end();
      } else {
        response.writeHead(200, { ...headers, 'content-type': found.type }).end(found.body);
      }
      return true;
    },
  };
}

const page = (type: string, body: string): Page => ({
  type,
  body: Buffer.from(body),
  etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`,
});
