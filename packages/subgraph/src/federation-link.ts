import { type DefinitionNode, type DocumentNode, parse } from 'graphql';

const imports = [
  '@key',
  '@external',
  '@requires',
  '@provides',
  '@shareable',
  '@inaccessible',
  '@override',
  '@tag',
  '@authenticated',
  '@requiresScopes',
];

/** The federation version every subgraph speaks, and the directives it uses by their plain names. */
const federationLink: DefinitionNode[] = [
  ...parse(
    `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(imports)})`,
  ).definitions,
];

export const withFederationLink = (document: DocumentNode): DocumentNode => ({
  ...document,
  definitions: [...federationLink, ...document.definitions],
});
