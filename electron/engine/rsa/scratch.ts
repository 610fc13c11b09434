/** Collects the temporary copies of secrets that one task makes, to zero-fill them together when it ends. */
export class Scratch {
  readonly #kept: Uint8Array[] = [];

  /** Remembers `bytes`, and answers with them. */
  keep<Bytes extends Uint8Array>(bytes: Bytes): Bytes {
    this.#kept.push(bytes);
    return bytes;
  }

  /** Zero-fills all that was kept. */
  wipe(): void {
    for (const bytes of this.#kept) bytes.fill(0);
    this.#kept.length = 0;
  }
}
