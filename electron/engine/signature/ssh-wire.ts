const NUMBER_BYTES = 4;

/**
 * Reads the wire format of SSH: numbers of 32 bits, and byte strings with their length before them. What is not there
 * is undefined, and stays undefined to the end. Source: RFC 4251 5.
 */
export class SshReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  /** @param bytes not copied: what is read are views of them */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** The next `length` bytes. */
  take(length: number): Uint8Array | undefined {
    if (length > this.#bytes.length - this.#at) {
      this.#fail();
      return;
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  number(): number | undefined {
    const bytes = this.take(NUMBER_BYTES);
    return bytes === undefined ? undefined : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0);
  }

  string(): Uint8Array | undefined {
    const length = this.number();
    return length === undefined ? undefined : this.take(length);
  }

  /** A string of Latin letters, as names of algorithms are. */
  name(): string | undefined {
    const bytes = this.string();
    return bytes === undefined ? undefined : Buffer.from(bytes).toString('latin1');
  }

  /** Whether all was read, and nothing failed. */
  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  #fail(): undefined {
    this.#at = Infinity;
    return undefined;
  }
}

/** Writes one number of 32 bits. Source: RFC 4251 5. */
export function sshNumber(value: number): Uint8Array {
  const bytes = new Uint8Array(NUMBER_BYTES);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/** Writes a byte string, or a text of Latin letters, with its length before it. Source: RFC 4251 5. */
export function sshString(content: Uint8Array | string): Uint8Array {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return joined(sshNumber(bytes.length), bytes);
}

/** Byte strings, one after the other. */
export function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
