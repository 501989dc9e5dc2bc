const kebab = '[a-z0-9]+(?:-[a-z0-9]+)*';

/**
 * Parts whose files are named after what they do, each with the reason that no role fits: below
 * `subgraphs/`, a folder or a file without its `.ts`.
 */
const ownParts: Readonly<Record<string, string>> = {
  'users/oidc': 'The local identity issuer: a library behind one interface.',
  'users/sessions': 'Ways to sign in, one adapter a way.',
  'invitations/invitation/invitation-code': 'How a code is derived; a computation, not a layer.',
};

/** The roles a file of an aggregate may play; the same stem goes through all of them. */
const roles = [
  'type',
  'input',
  'resolver',
  'service',
  'loader',
  'record',
  'reference',
  'rules',
  'event',
  'events',
  'visibility',
  'republish',
  'stream',
  'republish',
  'locks',
  'port',
  'adapter',
  'template',
  'fixture',
  'victim',
  'route',
].join('|');

const allowed = [
  /^(subgraph|main|index|environment|context|references|database|locks)\.ts$/,
  new RegExp(`^${kebab}\\.fixture\\.ts$`),
  new RegExp(`^events/on-${kebab}\\.ts$`),
  new RegExp(`^jobs/${kebab}\\.job\\.ts$`),
  new RegExp(`^routes/${kebab}\\.route\\.ts$`),
  new RegExp(`^(?!events/|jobs/|routes/)${kebab}/${kebab}\\.(${roles})\\.ts$`),
];

const required = ['subgraph.ts', 'main.ts', 'index.ts'];

/**
 * What is named otherwise than in every other subgraph, so that knowing one is knowing all.
 * @param files paths below `subgraphs/<name>/src`, generated code left out
 */
export function vocabularyProblems(
  subgraph: string,
  files: readonly string[],
  parts: Readonly<Record<string, string>> = ownParts,
): string[] {
  const base = `subgraphs/${subgraph}/src`;
  const isOwnPart = (file: string) =>
    Object.keys(parts).some((part) =>
      [`${part}.ts`, `${part}/`].some((start) => `${subgraph}/${file}`.startsWith(start)),
    );
  const strange = files
    .map(withoutTest)
    .filter((file) => !allowed.some((name) => name.test(file)) && !isOwnPart(file));
  const missing = required.filter((file) => !files.includes(file));
  return [
    ...[...new Set(strange)].map(
      (file) => `${base}/${file} is no name that a subgraph has (CONTRIBUTING.md).`,
    ),
    ...missing.map((file) => `${base}/${file} is missing; every subgraph has it.`),
  ];
}

const withoutTest = (file: string): string => file.replace(/(\.faults)?\.test\.ts$/, '.ts');
