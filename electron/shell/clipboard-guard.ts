import { createHash } from 'node:crypto';

import { CLIPBOARD_MS } from '../../shared/reveal.ts';
import { equalBytes } from '../engine/bytes/compare.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';

/** How long the clipboard is waited for. */
const ANSWER_MS = 1000;

/** What is used of Electron's clipboard, and of a clock. */
export interface ClipboardPorts {
  readonly readText: () => Promise<string>;
  readonly writeText: (text: string) => Promise<void>;
  readonly clear: () => void;
  /** Calls back once; returns what stops it. */
  readonly after: (work: () => void, delayMs: number) => () => void;
}

/**
 * Puts a secret on the clipboard and takes it off again: after half a minute, and when the app ends. What somebody
 * else has put there since is left alone; to know, only a hash of the secret is kept.
 */
export class ClipboardGuard {
  readonly #ports: ClipboardPorts;
  #placed: { readonly hash: Uint8Array; readonly stop: () => void } | undefined;

  constructor(ports: ClipboardPorts) {
    this.#ports = ports;
  }

  /** Whether a secret was placed and not yet taken off. */
  get holds(): boolean {
    return this.#placed !== undefined;
  }

  /** Copies a secret. @param secret text; the caller wipes it */
  async place(secret: SecretBytes): Promise<void> {
    this.#placed?.stop();
    // The clipboard takes a string, which can't be wiped.
    const text = secret.use((bytes) => new TextDecoder().decode(bytes));
    const stop = this.#ports.after(() => void this.takeOff(), CLIPBOARD_MS);
    this.#placed = { hash: hashOf(text), stop };
    await this.#ports.writeText(text);
  }

  /** Takes the secret off, where it is still there; where that can't be seen, what is there goes. */
  async takeOff(): Promise<void> {
    if (this.#placed === undefined) return;
    const { hash, stop } = this.#placed;
    this.#placed = undefined;
    stop();
    const isOurs = this.#ports.readText().then(
      (text) => equalBytes(hashOf(text), hash),
      () => true,
    );
    if (await Promise.race([isOurs, this.#inTime()])) this.#ports.clear();
  }

  /** A clipboard that does not answer keeps no app from ending. */
  #inTime(): Promise<boolean> {
    return new Promise((resolve) => {
      this.#ports.after(() => {
        resolve(true);
      }, ANSWER_MS);
    });
  }

  /** For an end that can't wait: takes off whatever is there, if a secret was placed. */
  takeOffNow(): void {
    if (this.#placed === undefined) return;
    this.#placed.stop();
    this.#placed = undefined;
    this.#ports.clear();
  }
}

function hashOf(text: string): Uint8Array {
  return createHash('sha256').update(text, 'utf8').digest();
}
