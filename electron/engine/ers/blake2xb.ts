import { _BLAKE2b } from '@noble/hashes/blake2.js';

/** Words of a BLAKE2b parameter block that BLAKE2X sets; the rest stays zero. Source: BLAKE2X 2.1 and 2.2. */
interface ParameterBlock {
  /** Bytes 0 to 3: digest length, key length, fanout, depth. */
  readonly word0: number;
  /** Bytes 4 to 7: leaf length. */
  readonly word1: number;
  /** Bytes 8 to 11: node offset. */
  readonly word2: number;
  /** Bytes 12 to 15: XOF length. */
  readonly word3: number;
  /** Bytes 16 to 19: node depth, inner length. */
  readonly word4: number;
}

const BLOCK_BYTES = 64;
const UNKNOWN_LENGTH = 0xffffffff;
/** What noble itself puts into word 0: digest length 64, no key, fanout 1, depth 1. */
const SEQUENTIAL_WORD0 = 0x01010040;

/** BLAKE2b-512 with a parameter block of our own: noble's state, whose words the block is exclusive-ored into. */
class ParametrizedBlake2b extends _BLAKE2b {
  constructor(block: ParameterBlock) {
    super({ dkLen: BLOCK_BYTES });
    const [v0l, v0h, v1l, v1h, v2l, ...rest] = this.get();
    this.set(
      v0l ^ SEQUENTIAL_WORD0 ^ block.word0,
      v0h ^ block.word1,
      v1l ^ block.word2,
      v1h ^ block.word3,
      v2l ^ block.word4,
      ...rest,
    );
  }
}

/**
 * BLAKE2Xb, the BLAKE2X extendable-output function over BLAKE2b, without a key and with the output length
 * declared unknown. Source: BLAKE2X (Aumasson et al., 2016) 2; docs/ers.md, "Challenge".
 * @param input any bytes
 * @param length bytes wanted
 */
export function blake2xb(input: Uint8Array, length: number): Uint8Array {
  const root = new ParametrizedBlake2b({
    word0: SEQUENTIAL_WORD0,
    word1: 0,
    word2: 0,
    word3: UNKNOWN_LENGTH,
    word4: 0,
  })
    .update(input)
    .digest();
  const output = new Uint8Array(length);
  for (let node = 0; node * BLOCK_BYTES < length; node++) {
    const block = new ParametrizedBlake2b({
      word0: BLOCK_BYTES,
      word1: BLOCK_BYTES,
      word2: node,
      word3: UNKNOWN_LENGTH,
      word4: BLOCK_BYTES << 8,
    })
      .update(root)
      .digest();
    output.set(block.subarray(0, length - node * BLOCK_BYTES), node * BLOCK_BYTES);
  }
  return output;
}
