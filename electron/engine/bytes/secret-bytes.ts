const WIPED = 'these bytes were wiped';

/**
 * Bytes that must not be seen. Copies in, lends by `use`, zero-fills on `wipe`; whatever prints it prints
 * `[secret]`. Wiping is best effort: the runtime may have copied the bytes, and only the end of the process
 * takes all copies with it.
 */
export class SecretBytes {
  #bytes: Uint8Array;
  #wiped = false;

  /** Copies `source`; the caller still owns it and wipes it. */
  constructor(source: Uint8Array) {
    this.#bytes = Uint8Array.from(source);
  }

  /** Copies `source` and zero-fills it: for bytes that were made only to be handed over. */
  static consume(source: Uint8Array): SecretBytes {
    try {
      return new SecretBytes(source);
    } finally {
      source.fill(0);
    }
  }

  /** How many bytes there are. */
  get length(): number {
    return this.#bytes.length;
  }

  /**
   * Lends the bytes to `work` for the time of the call; `work` must not keep them.
   * @param work what reads the bytes
   */
  use<Value>(work: (bytes: Uint8Array) => Value): Value {
    if (this.#wiped) throw new Error(WIPED);
    return work(this.#bytes);
  }

  /** Fills the bytes with zeros; using them afterwards is a bug. */
  wipe(): void {
    this.#bytes.fill(0);
    this.#wiped = true;
  }

  toString(): string {
    return '[secret]';
  }

  toJSON(): string {
    return '[secret]';
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return '[secret]';
  }
}
