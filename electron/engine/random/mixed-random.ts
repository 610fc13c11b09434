import { hkdfSync } from 'node:crypto';

import type { RandomBytes } from '../bytes/random.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';

const SALT = new TextEncoder().encode('breakglass dice v1');
/** What one expansion gives at most: 255 blocks of SHA-256. Source: RFC 5869 2.3. */
const MAX_CHUNK_BYTES = 255 * 32;

/**
 * Mixes dice into a source of randomness: every output is the system's bytes XOR a stream that is made of the dice
 * alone, by HKDF-SHA-256 (RFC 5869) with a number that no two draws share. The stream knows nothing of the system's
 * bytes, so what comes out is at least as hard to guess as they are; and at least as hard as the dice, were the
 * system's bytes known. Source: docs/ceremony.md, "Dice".
 * @param system where the system's randomness comes from
 * @param digits of `readDice`; they must outlive the result
 */
export function mixedRandom(system: RandomBytes, digits: SecretBytes): RandomBytes {
  let draws = 0n;
  const mixInto = (bytes: Uint8Array): void => {
    const stream = digits.use((dice) => diceStream(dice, draws++, bytes.length));
    for (let i = 0; i < bytes.length; i++) bytes[i] = (bytes[i] ?? 0) ^ (stream[i] ?? 0);
    stream.fill(0);
  };
  return (length) => {
    const bytes = Uint8Array.from(system(length));
    for (let start = 0; start < length; start += MAX_CHUNK_BYTES) {
      mixInto(bytes.subarray(start, start + MAX_CHUNK_BYTES));
    }
    return bytes;
  };
}

/** Bytes number `draw` of the dice: `HKDF(dice, salt, draw as 8 bytes, length)`. */
function diceStream(dice: Uint8Array, draw: bigint, length: number): Uint8Array {
  const info = new Uint8Array(8);
  new DataView(info.buffer).setBigUint64(0, draw);
  return new Uint8Array(hkdfSync('sha256', dice, SALT, info, length));
}
