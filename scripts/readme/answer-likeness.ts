/** What stands in the README for what is new at every run: ids, tokens, codes, times of writing. */
export class Stand {
  readonly #known = new Map<string, string>();

  set(shown: string, real: string): void {
    this.#known.set(shown, real);
  }

  /** The README's text with what is really there now. */
  in(text: string): string {
    return [...this.#known].reduce((filled, [shown, real]) => filled.replaceAll(shown, real), text);
  }

  /**
   * Compares a shown answer with a real one and learns what stands for what.
   * @throws Error that names the first place where they differ
   */
  compare(shown: unknown, real: unknown, path = 'answer'): void {
    if (typeof shown === 'string' && typeof real === 'string') {
      this.#compareTexts(shown, real, path);
    } else if (isObject(shown) && isObject(real)) {
      const keys = Object.keys(shown);
      if (keys.join() !== Object.keys(real).join()) throw differs(path, shown, real);
      for (const key of keys) this.compare(shown[key], real[key], `${path}.${key}`);
    } else if (shown !== real) {
      throw differs(path, shown, real);
    }
  }

  #compareTexts(shown: string, real: string, path: string): void {
    if (this.in(shown) === real) return;
    if (!isNewEachRun(shown, real, path)) throw differs(path, shown, real);
    this.set(shown, real);
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const code = /^[\w-]{43}$/;

function isNewEachRun(shown: string, real: string, path: string): boolean {
  if (/\.(expiresAt|updatedAt)$/.test(path)) return !Number.isNaN(Date.parse(real));
  if (shown.endsWith('…')) return real.startsWith(shown.slice(0, 4));
  if (/\.link$/.test(path)) return URL.canParse(real);
  return [uuid, code].some((kind) => kind.test(shown) && kind.test(real));
}

const differs = (path: string, shown: unknown, real: unknown): Error =>
  new Error(`${path}: the README shows ${JSON.stringify(shown)}, got ${JSON.stringify(real)}`);
