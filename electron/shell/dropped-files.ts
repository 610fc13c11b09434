import { isAbsolute } from 'node:path';

import { OFFER_DROPPED } from '../../shared/contract.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import { MAX_PATHS, RequestReader } from './request-reader.ts';

/** How long a token is good for. */
export const TOKEN_LIFE_MS = 60_000;

/** How many drops may wait to be taken. */
const MAX_WAITING = 16;

const TOKEN_BYTES = 16;

interface Waiting {
  readonly paths: readonly string[];
  readonly untilMs: number;
}

/**
 * Keeps the true paths of dropped files for the page, which only ever holds a token: good once, for a minute.
 * Preload sends the paths; a page can't, since it never has a path.
 */
export class DroppedFiles {
  readonly #randomBytes: RandomBytes;
  readonly #elapsedMs: () => number;
  readonly #waiting = new Map<string, Waiting>();

  /**
   * @param randomBytes for tokens
   * @param elapsedMs milliseconds of a clock that nobody can set
   */
  constructor(randomBytes: RandomBytes, elapsedMs: () => number) {
    this.#randomBytes = randomBytes;
    this.#elapsedMs = elapsedMs;
  }

  /**
   * Takes paths from preload and answers a token. Fails with `ipc.malformed`.
   * @param value as it came
   */
  offer(value: unknown): string {
    const paths = new RequestReader(OFFER_DROPPED, { paths: value }).texts('paths', MAX_PATHS);
    if (!paths.every((path) => isAbsolute(path) && !path.includes('\0'))) {
      throw new RecoveryError('ipc.malformed', { channel: OFFER_DROPPED, field: 'paths' });
    }
    this.#forgetOld();
    const [oldest] = this.#waiting.keys();
    if (oldest !== undefined && this.#waiting.size >= MAX_WAITING) this.#waiting.delete(oldest);
    const token = Buffer.from(this.#randomBytes(TOKEN_BYTES)).toString('hex');
    this.#waiting.set(token, { paths, untilMs: this.#elapsedMs() + TOKEN_LIFE_MS });
    return token;
  }

  /** The paths of a token, which is used up. Fails with `ipc.malformed` when it is not known, used or too old. */
  take(token: string): readonly string[] {
    this.#forgetOld();
    const found = this.#waiting.get(token);
    this.#waiting.delete(token);
    if (found === undefined) {
      throw new RecoveryError('ipc.malformed', { channel: 'kit.add-dropped', field: 'token' });
    }
    return found.paths;
  }

  #forgetOld(): void {
    const now = this.#elapsedMs();
    for (const [token, { untilMs }] of this.#waiting) {
      if (untilMs <= now) this.#waiting.delete(token);
    }
  }
}
