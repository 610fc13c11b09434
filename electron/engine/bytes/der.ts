import { RecoveryError } from '../../../shared/recovery-error.ts';

/** Identifier octets of the universal types used here. Source: X.690 8.1.2. */
export const DER_TAG = {
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  sequence: 0x30,
} as const;

/** The largest input that is read, in bytes; the largest key file is a hundredth of it. */
export const MAX_DER_BYTES = 1 << 20;

const MAX_DEPTH = 16;
const MAX_OID_BYTES = 32;
const LONG_FORM = 0x80;
const CONSTRUCTED_CONTEXT = 0xa0;

/**
 * A cursor over strict DER: definite, minimal lengths, one-byte tags, nothing left over.
 * Source: X.690 8 and 10. What it answers with are views into the input, never copies, so wiping the input
 * wipes them. Every read fails with `der.malformed`, or `der.truncated` where the outermost value is longer
 * than the input; both name the field.
 */
export class DerReader {
  readonly #bytes: Uint8Array;
  readonly #depth: number;
  #offset = 0;

  /**
   * @param bytes DER, at most `MAX_DER_BYTES`
   * @param depth how many values enclose `bytes`; only this class gives another than 0
   */
  constructor(bytes: Uint8Array, depth = 0) {
    if (bytes.length > MAX_DER_BYTES) throw new RecoveryError('der.malformed', { reason: 'too large' });
    if (depth > MAX_DEPTH) throw new RecoveryError('der.malformed', { reason: 'too deep' });
    this.#bytes = bytes;
    this.#depth = depth;
  }

  /** Whether everything was read. */
  get done(): boolean {
    return this.#offset === this.#bytes.length;
  }

  /** The tag of the next value, or undefined at the end. */
  get nextTag(): number | undefined {
    return this.#bytes[this.#offset];
  }

  /** Refuses anything that follows the last value read. */
  end(field: string): void {
    if (!this.done) throw this.#malformed(field, 'bytes after the end');
  }

  /** Reads a SEQUENCE and answers with a cursor over its content. Source: X.690 8.9. */
  readSequence(field: string): DerReader {
    return new DerReader(this.#read(DER_TAG.sequence, field), this.#depth + 1);
  }

  /** Reads a constructed context tag `[number]` and answers with a cursor over its content. */
  readContext(number: number, field: string): DerReader {
    return new DerReader(this.#read(CONSTRUCTED_CONTEXT | number, field), this.#depth + 1);
  }

  /**
   * Reads a non-negative INTEGER as its magnitude: big-endian, no leading zero byte, empty for zero.
   * Source: X.690 8.3.
   */
  readInteger(field: string): Uint8Array {
    const content = this.#read(DER_TAG.integer, field);
    const first = content[0];
    if (first === undefined) throw this.#malformed(field, 'empty integer');
    if (first >= 0x80) throw this.#malformed(field, 'negative integer');
    if (first !== 0) return content;
    const second = content[1];
    if (second !== undefined && second < 0x80) throw this.#malformed(field, 'integer with idle zeros');
    return content.subarray(1);
  }

  /** Reads a non-negative INTEGER below 2^48 as a number. */
  readSmallInteger(field: string): number {
    const magnitude = this.readInteger(field);
    if (magnitude.length > 6) throw this.#malformed(field, 'integer too large');
    return magnitude.reduce((value, byte) => value * 256 + byte, 0);
  }

  /** Reads an OCTET STRING in its primitive form. Source: X.690 10.2. */
  readOctetString(field: string): Uint8Array {
    return this.#read(DER_TAG.octetString, field);
  }

  /** Reads a BIT STRING of whole bytes, as keys and signatures are. Source: X.690 8.6. */
  readBitString(field: string): Uint8Array {
    const content = this.#read(DER_TAG.bitString, field);
    if (content[0] !== 0) throw this.#malformed(field, 'not whole bytes');
    return content.subarray(1);
  }

  /** Reads a NULL. Source: X.690 8.8. */
  readNull(field: string): void {
    if (this.#read(DER_TAG.null, field).length !== 0) throw this.#malformed(field, 'null with content');
  }

  /** Reads an OBJECT IDENTIFIER as dotted text, such as `1.2.840.113549.1.1.1`. Source: X.690 8.19. */
  readOid(field: string): string {
    const content = this.#read(DER_TAG.oid, field);
    const last = content.at(-1);
    if (last === undefined || last >= 0x80 || content.length > MAX_OID_BYTES) {
      throw this.#malformed(field, 'object identifier');
    }
    const arcs: number[] = [];
    let arc = 0;
    let fresh = true;
    for (const byte of content) {
      if (fresh && byte === 0x80) throw this.#malformed(field, 'object identifier with idle zeros');
      arc = arc * 128 + (byte & 0x7f);
      if (arc > 0xffffffff) throw this.#malformed(field, 'object identifier too large');
      fresh = byte < 0x80;
      if (!fresh) continue;
      arcs.push(arc);
      arc = 0;
    }
    const [head = 0, ...tail] = arcs;
    const top = Math.min(Math.floor(head / 40), 2);
    return [top, head - top * 40, ...tail].join('.');
  }

  /** Reads the next value, whatever it is, and answers with its content. */
  readAny(field: string): Uint8Array {
    return this.#read(this.nextTag, field);
  }

  #read(tag: number | undefined, field: string): Uint8Array {
    const found = this.#byte(field);
    if ((found & 0x1f) === 0x1f) throw this.#malformed(field, 'long tag');
    if (found !== tag) throw this.#malformed(field, 'other type');
    const length = this.#length(field);
    const rest = this.#bytes.length - this.#offset;
    if (length > rest) throw this.#cutShort(field, length - rest);
    this.#offset += length;
    return this.#bytes.subarray(this.#offset - length, this.#offset);
  }

  #length(field: string): number {
    const first = this.#byte(field);
    if (first < LONG_FORM) return first;
    const count = first - LONG_FORM;
    if (count === 0) throw this.#malformed(field, 'indefinite length');
    if (count > 4) throw this.#malformed(field, 'too large');
    let length = 0;
    for (let i = 0; i < count; i++) length = length * 256 + this.#byte(field);
    const shortest = count === 1 ? LONG_FORM : 256 ** (count - 1);
    if (length < shortest) throw this.#malformed(field, 'length not minimal');
    if (length > MAX_DER_BYTES) throw this.#malformed(field, 'too large');
    return length;
  }

  #byte(field: string): number {
    const byte = this.#bytes[this.#offset];
    if (byte === undefined) throw this.#cutShort(field, 1);
    this.#offset += 1;
    return byte;
  }

  /** Only the outermost value can be half a download; an inner one that does not fit contradicts its parent. */
  #cutShort(field: string, missingBytes: number): RecoveryError {
    if (this.#depth > 0) return this.#malformed(field, this.done ? 'missing' : 'longer than what holds it');
    return new RecoveryError('der.truncated', { field, missingBytes });
  }

  #malformed(field: string, reason: string): RecoveryError {
    return new RecoveryError('der.malformed', { field, reason });
  }
}
