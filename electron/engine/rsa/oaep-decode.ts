import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { hashOaepLabel, OAEP_HASH_BYTES, OAEP_OVERHEAD_BYTES, xorWithMask } from './oaep.ts';

/** What one pass over an unmasked block finds; every flag is 0 or 1. */
interface Findings {
  /** The first byte is 0, and a 1 stands after zeros only. */
  readonly shaped: number;
  /** The label's hash is the expected one. */
  readonly labelled: number;
  /** Offset of the message in the data block; of no meaning unless `shaped`. */
  readonly messageStart: number;
}

/**
 * Takes the OAEP padding (SHA-256, MGF1-SHA-256) off a raw RSA block, as a token that only computes leaves it.
 * Source: RFC 8017 7.1.2 step 3. All faults are one, `decryption.failed`, found in one pass without branches, so
 * that neither the answer nor its time says which it was.
 * @param block as long as the modulus, leading zeros included; left as it is
 * @param label any bytes, also none
 */
export function oaepDecode(block: Uint8Array, label: Uint8Array): SecretBytes {
  const copy = Uint8Array.from(block);
  try {
    const { shaped, labelled, messageStart } = inspect(copy, hashOaepLabel(label));
    if ((shaped & labelled) === 0) throw new RecoveryError('decryption.failed');
    return new SecretBytes(copy.subarray(1 + OAEP_HASH_BYTES + messageStart));
  } finally {
    copy.fill(0);
  }
}

/**
 * Says whether a raw RSA block is OAEP-shaped for some label: then the key is right and the label is not. A block
 * of a wrong key passes once in 65,000. Only for telling the user after a decryption failed, never for a caller
 * from outside: it is the very oracle that `oaepDecode` hides.
 * @param block as long as the modulus, leading zeros included; left as it is
 */
export function oaepBlockLooksRight(block: Uint8Array): boolean {
  const copy = Uint8Array.from(block);
  try {
    return inspect(copy, new Uint8Array(OAEP_HASH_BYTES)).shaped === 1;
  } finally {
    copy.fill(0);
  }
}

/** Unmasks `block` in place and looks at it. */
function inspect(block: Uint8Array, labelHash: Uint8Array): Findings {
  if (block.length < OAEP_OVERHEAD_BYTES) return { shaped: 0, labelled: 0, messageStart: 0 };
  const seed = block.subarray(1, 1 + OAEP_HASH_BYTES);
  const dataBlock = block.subarray(1 + OAEP_HASH_BYTES);
  xorWithMask(seed, dataBlock);
  xorWithMask(dataBlock, seed);
  let difference = 0;
  for (let i = 0; i < OAEP_HASH_BYTES; i++) difference |= (dataBlock[i] ?? 0) ^ (labelHash[i] ?? 0);
  let searching = 1;
  let stray = 0;
  let messageStart = 0;
  for (let i = OAEP_HASH_BYTES; i < dataBlock.length; i++) {
    const byte = dataBlock[i] ?? 0;
    const isOne = isZero(byte ^ 1);
    messageStart |= -(searching & isOne) & (i + 1);
    stray |= searching & (isZero(byte) ^ 1) & (isOne ^ 1);
    searching &= isOne ^ 1;
  }
  return {
    shaped: isZero(block[0] ?? 0xff) & (searching ^ 1) & (stray ^ 1),
    labelled: isZero(difference),
    messageStart,
  };
}

/** 1 for 0, else 0, of a byte, without a branch. */
function isZero(byte: number): number {
  return ((byte - 1) >> 31) & 1;
}
