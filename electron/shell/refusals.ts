/** What can be refused. */
export type RefusalKind =
  'request' | 'permission' | 'navigation' | 'window' | 'webview' | 'download' | 'call' | 'network';

/**
 * Counts what was refused, and says the first of each on stderr. On a machine that is used for nothing else, every refusal is odd:
 * a page of this app asks for none of these.
 */
export class Refusals {
  readonly #counts = new Map<RefusalKind, number>();
  readonly #said = new Set<string>();
  readonly #write: (line: string) => void;

  constructor(write: (line: string) => void) {
    this.#write = write;
  }

  /**
   * Counts one refusal.
   * @param kind of refusal
   * @param what a name from a fixed list, such as a scheme or a permission; never a value from outside
   */
  add(kind: RefusalKind, what: string): void {
    this.#counts.set(kind, this.count(kind) + 1);
    const line = `breakglass: refused ${kind} (${what})\n`;
    if (this.#said.has(line)) return;
    this.#said.add(line);
    this.#write(line);
  }

  /** How many there were of one kind. */
  count(kind: RefusalKind): number {
    return this.#counts.get(kind) ?? 0;
  }
}

/** The scheme of a URL, fit to be told: `https`, or `unknown`. */
export function schemeOf(url: string): string {
  return /^([a-z][a-z0-9+.-]{0,19}):/i.exec(url)?.[1]?.toLowerCase() ?? 'unknown';
}
