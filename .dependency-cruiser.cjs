/** Which folder may import which. Run by `npm run check`; the reasons are printed with a violation. */
const generated = '/generated/';
const test = '\\.test\\.ts$';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'domain-imports-domain',
      severity: 'error',
      comment:
        'What a domain needs from another reaches it as a federated reference or as an event.',
      from: { path: '^subgraphs/([^/]+)/' },
      to: { path: '^subgraphs/([^/]+)/', pathNot: '^subgraphs/$1/' },
    },
    {
      name: 'domain-imports-above',
      severity: 'error',
      comment: 'A domain stands on packages; the gateway and the launcher stand on it.',
      from: { path: '^subgraphs/' },
      to: { path: '^(gateway|bench|packages/(launcher|testing)(/|$))' },
    },
    {
      name: 'gateway-imports-domain',
      severity: 'error',
      comment: 'The gateway knows domains by the supergraph schema alone.',
      from: { path: '^gateway/' },
      to: { path: '^(subgraphs|bench|packages/(launcher|testing|subgraph)(/|$))' },
    },
    {
      name: 'package-imports-above',
      severity: 'error',
      comment:
        'Packages hold nothing of any one domain; only the launcher knows domains and gateway.',
      from: { path: '^packages/', pathNot: '^packages/(launcher|testing)/' },
      to: { path: '^(subgraphs|gateway|bench|packages/(launcher|testing)(/|$))' },
    },
    {
      name: 'testing-in-production',
      severity: 'error',
      comment: 'Test harnesses (packages/testing, packages/faults, */testing) are for tests.',
      from: {
        path: '^(gateway|subgraphs|packages)/',
        pathNot: [
          test,
          '\\.(fixture|victim)\\.ts$',
          '/testing/',
          '^packages/(testing|faults)/',
          '^packages/messaging/src/promises/',
        ],
      },
      to: { path: '^packages/(testing|faults)/|^packages/[^/]+/src/testing/' },
    },
    {
      name: 'past-the-front-door',
      severity: 'error',
      comment: 'Import a workspace by its name: what it does not export is its own business.',
      from: { path: '^(gateway|subgraphs/[^/]+|packages/[^/]+)/' },
      to: {
        path: '^(gateway|subgraphs/[^/]+|packages/[^/]+)/',
        pathNot: '^$1/',
        dependencyTypes: ['local'],
      },
    },
    {
      name: 'cycle',
      severity: 'error',
      comment: 'Modules that need each other are one module, or share a third.',
      from: { pathNot: generated },
      to: { circular: true },
    },
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: ['node_modules', generated] },
    exclude: { path: ['/dist/', generated] },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
    },
    includeOnly: '^(gateway|subgraphs|packages|bench|scripts)/',
  },
};
