export interface Figure {
  readonly value: number;
  /** What was aimed at: at most this, or at least where `atLeast` says so. */
  readonly goal: number;
  readonly atLeast?: boolean;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  const lower = sorted[Math.ceil(middle) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
};

const isMet = ({ value, goal, atLeast = false }: Figure): boolean =>
  atLeast ? value >= goal : value <= goal;

const rounded = (value: number): number => Number(value.toPrecision(4));

/** Prints the figures for people, a missed goal as missed, and then as the one line for programs. */
export function report(bench: string, figures: Readonly<Record<string, Figure>>): void {
  const rows = Object.entries(figures).map(([name, figure]) => [
    name,
    String(rounded(figure.value)),
    `${figure.atLeast ? '≥' : '≤'} ${figure.goal}`,
    isMet(figure) ? 'met' : 'MISSED',
  ]);
  print(['figure', 'value', 'goal', ''], rows);
  const line = Object.fromEntries(
    Object.entries(figures).map(([name, figure]) => [
      name,
      { value: rounded(figure.value), goal: figure.goal, met: isMet(figure) },
    ]),
  );
  process.stdout.write(`\n${JSON.stringify({ bench, figures: line })}\n`);
}

/** A plain table: columns as wide as their widest cell. */
export function print(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = head.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const lineOf = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  process.stdout.write(`\n${[lineOf(head), rule, ...rows.map(lineOf)].join('\n')}\n`);
}
