const longest = 300;

export interface SourceFile {
  readonly path: string;
  readonly lines: number;
}

/** Files allowed past the limit, each with the reason that splitting it would be worse. */
const longFiles: Readonly<Record<string, string>> = {};

/** Files that ask for a split, and allowances that are no longer needed. */
export function lengthProblems(
  files: readonly SourceFile[],
  allowances: Readonly<Record<string, string>> = longFiles,
): string[] {
  const long = files.filter(({ lines }) => lines > longest);
  const paths = new Set(long.map(({ path }) => path));
  return [
    ...long
      .filter(({ path }) => allowances[path] === undefined)
      .map(({ path, lines }) => `${path} has ${lines} lines; split it at ${longest}.`),
    ...Object.keys(allowances)
      .filter((path) => !paths.has(path))
      .map((path) => `${path} no longer needs its place in scripts/house/file-length.ts.`),
  ];
}
