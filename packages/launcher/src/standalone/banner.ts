import type { DemoAccount } from '../demo/open-demo.ts';

interface Banner {
  readonly url: string;
  readonly outbox: string | undefined;
  readonly accounts: readonly DemoAccount[];
  readonly seconds: number;
}

/** What a newcomer needs to know once everything answers. */
export function banner({ url, outbox, accounts, seconds }: Banner): string {
  const rows: [string, string][] = [
    ['Endpoint', `${url}/graphql`],
    ['Explorer', url],
    ...(outbox ? [['Mail', `${url}/notifications/outbox  (${outbox})`] as [string, string]] : []),
    ...accounts.map(
      ({ role, email, password }) => [role, `${email}  password ${password}`] as [string, string],
    ),
  ];
  const lines = rows.map(([name, value]) => `  ${name.padEnd(10)} ${value}`);
  return `\nEventXperts is ready after ${seconds.toFixed(1)} s. Ctrl-C stops it.\n\n${lines.join('\n')}\n\n`;
}
