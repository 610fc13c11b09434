import type { Result } from './result.ts';

/** How a secret can be drawn in its window. */
export const REVEAL_FORMS = ['hex', 'base64', 'wif', 'wif-testnet', 'words'] as const;

/** One of these forms. */
export type RevealForm = (typeof REVEAL_FORMS)[number];

/** How long the window stays, in milliseconds. */
export const REVEAL_MS = 60_000;

/** How long a copied secret stays in the clipboard, in milliseconds. */
export const CLIPBOARD_MS = 30_000;

/** What the window is told: what is shown, in which forms, and how much time is left. No secret. */
export interface RevealFacts {
  readonly title: string;
  /** What it is of, such as a path and an address. */
  readonly about: string;
  readonly warning: string;
  readonly forms: readonly RevealForm[];
  readonly millisecondsLeft: number;
}

/** What the window's page may ask, by its one call. */
export type RevealRequest =
  | { readonly do: 'look' | 'close'; readonly form: null }
  | { readonly do: 'read' | 'copy'; readonly form: RevealForm };

/** What the window's page is answered: the facts, the secret text, or that it was done. */
export type RevealAnswer =
  | { readonly did: 'look'; readonly facts: RevealFacts }
  | { readonly did: 'read'; readonly textBytes: Uint8Array }
  | { readonly did: 'copy' | 'close' };

/** The channel of that call. */
export const REVEAL_CHANNEL = 'reveal.ask';

/** What preload of the window exposes as `window.reveal`: one function. */
export type RevealBridge = (request: RevealRequest) => Promise<Result<RevealAnswer>>;
