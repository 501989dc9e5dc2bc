import { parseArgs } from 'node:util';
import { StartError } from '@eventxperts/errors';
import { domains } from '../domains.ts';

export const help = `Commands for the events between the domains. They work beside a running system: the one in
DATA_DIR (./.data), or the one whose PostgreSQL DATABASE_URL names.

  npm run parked [-- --domain <name>]               messages that a domain could not handle, and why
  npm run redrive -- --domain <name> [--topic <t>] [--key <id>]
                                                    handle them again, in order, after the fault is mended
  npm run discard -- --domain <name> --seq <n>      give one up: its effect never happens there
  npm run republish -- --domain <name>              tell a domain's current state again, for projections
                                                    that missed history
`;

const commands = ['parked', 'redrive', 'discard', 'republish'] as const;

export interface Options {
  readonly command: (typeof commands)[number];
  readonly domains: readonly string[];
  readonly topic?: string;
  readonly key?: string;
  readonly seq?: bigint;
}

/** Undefined where help was asked for. @throws StartError one line that says what is wrong. */
export function readOptions(args: readonly string[]): Options | undefined {
  const { values, positionals } = parse(args);
  if (values.help || positionals.length === 0) return undefined;
  const command = commands.find((known) => known === positionals[0]);
  if (!command) throw new StartError(`There is no command "${positionals[0]}"; see --help.`);
  return {
    command,
    domains: domainsOf(command, values.domain),
    ...(values.topic ? { topic: values.topic } : {}),
    ...(values.key ? { key: values.key } : {}),
    ...(command === 'discard' ? { seq: seqOf(values.seq) } : {}),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        domain: { type: 'string' },
        topic: { type: 'string' },
        key: { type: 'string' },
        seq: { type: 'string' },
        help: { type: 'boolean' },
      },
    });
  } catch (cause) {
    throw new StartError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function domainsOf(command: Options['command'], domain: string | undefined): readonly string[] {
  const names = domains.map(({ name }) => name);
  if (domain === undefined) {
    if (command === 'parked') return names;
    throw new StartError(`Which domain? Add -- --domain <${names.join('|')}>.`);
  }
  if (!names.includes(domain)) {
    throw new StartError(`There is no domain "${domain}"; there are ${names.join(', ')}.`);
  }
  return [domain];
}

function seqOf(seq: string | undefined): bigint {
  if (!seq || !/^\d+$/.test(seq))
    throw new StartError('Which message? Add --seq <n>, from parked.');
  return BigInt(seq);
}
