import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { createInbox, type Inbox } from './inbox.ts';
import type { Tree } from './tree.ts';

export interface GraphqlError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: {
    readonly code: string;
    readonly field?: string;
    readonly traceId?: string;
  };
}

export interface Answer {
  readonly status: number;
  // What an operation returns is for the test to read; a wrong guess fails its assertion.
  readonly data: Tree;
  readonly errors?: readonly GraphqlError[];
}

export interface Operation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly token?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface TestClient {
  readonly url: string;
  /** One operation over HTTP POST. */
  send(operation: Operation): Promise<Answer>;
  /** A body of any kind over HTTP POST, as JSON unless `headers` say otherwise. */
  post(body: string | Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** A subscription over graphql-ws, already acknowledged. */
  overWebSocket(operation: Operation): Promise<Inbox>;
  /** A subscription over server-sent events, already open. */
  overEventStream(operation: Operation): Promise<Inbox>;
}

export function connect(url: string): TestClient {
  const endpoint = `${url}/graphql`;
  const post: TestClient['post'] = async (body, headers) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    });
    const { data, errors } = (await response.json()) as Omit<Answer, 'status'>;
    return { status: response.status, data, ...(errors ? { errors } : {}) };
  };
  return {
    url,
    post,
    send: ({ query, variables, token, headers }) =>
      post(JSON.stringify({ query, variables }), { ...bearer(token), ...headers }),

    async overWebSocket({ query, variables, token }) {
      const client = createWsClient({
        url: endpoint.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: bearer(token),
        retryAttempts: 0,
        lazy: true,
      });
      const inbox = createInbox(() => client.dispose());
      client.on('closed', (event) => inbox.closed(event));
      const opened = new Promise<void>((resolve) => {
        client.on('message', ({ type }) => type === 'connection_ack' && resolve());
        client.on('closed', () => resolve());
      });
      client.subscribe({ query, variables: { ...variables } }, inbox.sink);
      await opened;
      return inbox;
    },

    async overEventStream({ query, variables, token }) {
      const client = createSseClient({
        url: endpoint,
        headers: bearer(token),
        retryAttempts: 0,
      });
      const inbox = createInbox(() => client.dispose());
      client.subscribe({ query, variables: { ...variables } }, inbox.sink);
      return inbox;
    },
  };
}

const bearer = (token: string | undefined): Record<string, string> =>
  token ? { authorization: `Bearer ${token}` } : {};
