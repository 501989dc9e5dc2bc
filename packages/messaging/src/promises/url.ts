export const portOf = (url: string): number => Number(new URL(url).port);

/** The same database by another port: that of a proxy. */
export function withPort(url: string, port: number): string {
  const moved = new URL(url);
  moved.port = String(port);
  return moved.href;
}
