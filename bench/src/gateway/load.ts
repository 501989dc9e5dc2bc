import { Pool } from 'undici';

export interface Load {
  /** Sends one request and gives its answer's text. */
  once(query: string): Promise<string>;
  /** Sends so many, some at a time, and compares each answer with the expected text. */
  run(query: string, count: number, expected: string): Promise<void>;
  stop(): Promise<void>;
}

const atATime = 8;

/** Every request is another caller's, so that no gateway may answer one from another's. */
export function createLoad(url: string): Load {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: atATime });
  let caller = 0;

  async function once(query: string): Promise<string> {
    caller += 1;
    const { statusCode, body } = await pool.request({
      method: 'POST',
      path: pathname,
      headers: { 'content-type': 'application/json', authorization: `Bearer caller-${caller}` },
      body: JSON.stringify({ query }),
    });
    const text = await body.text();
    if (statusCode !== 200) throw new Error(`${statusCode}: ${text.slice(0, 300)}`);
    return text;
  }

  return {
    once,
    async run(query, count, expected) {
      let left = count;
      const worker = async () => {
        while (left > 0) {
          left -= 1;
          if ((await once(query)) !== expected) throw new Error(`${url} changed its answer.`);
        }
      };
      await Promise.all(Array.from({ length: atATime }, worker));
    },
    stop: () => pool.close(),
  };
}
