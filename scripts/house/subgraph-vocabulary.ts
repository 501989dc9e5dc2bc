const kebab = '[a-z0-9]+(?:-[a-z0-9]+)*';

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
  'locks',
  'port',
  'adapter',
  'template',
  'fixture',
].join('|');

const allowed = [
  /^(subgraph|main|index|environment|context|references|locks)\.ts$/,
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
export function vocabularyProblems(subgraph: string, files: readonly string[]): string[] {
  const base = `subgraphs/${subgraph}/src`;
  const strange = files.filter((file) => !allowed.some((name) => name.test(withoutTest(file))));
  const missing = required.filter((file) => !files.includes(file));
  return [
    ...strange.map((file) => `${base}/${file} is no name that a subgraph has (CONTRIBUTING.md).`),
    ...missing.map((file) => `${base}/${file} is missing; every subgraph has it.`),
  ];
}

const withoutTest = (file: string): string => file.replace(/(\.faults)?\.test\.ts$/, '.ts');
