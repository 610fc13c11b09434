import { Encrypter } from 'age-encryption';

import { cheapKeystore } from '../fixtures/cheap-keystore.ts';
import type { Dice } from './dice.ts';
import { mutate } from './mutate.ts';

const utf8 = new TextEncoder();

/**
 * Files that a password guards are refused at their MAC when a byte is changed, so that what is behind it is never
 * reached. Here what is inside is changed, and sealed as it should be.
 */

/** An age file whose passphrase opens it, with a hostile key inside; or one with a hostile header. */
export async function hostileAge(plaintext: Uint8Array, password: string, dice: Dice): Promise<Uint8Array> {
  const isInside = dice.oneIn(2);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(password);
  encrypter.setScryptWorkFactor(2);
  const sealed = await encrypter.encrypt(isInside ? mutate(plaintext, dice) : plaintext);
  return isInside ? sealed : changedHeader(sealed, dice);
}

/** The lines before the payload, one word of one of them changed: the recipient, its salt, its cost, its body, the MAC. */
function changedHeader(file: Uint8Array, dice: Dice): Uint8Array {
  const end = Buffer.from(file).indexOf('\n', Buffer.from(file).indexOf('\n---') + 1);
  const lines = Buffer.from(file.subarray(0, end)).toString('latin1').split('\n');
  const at = dice.below(lines.length);
  const words = (lines[at] ?? '').split(' ');
  const which = dice.below(words.length);
  const word = words[which] ?? '';
  words[which] = dice.pick([
    ...['', '0', '1', '-1', '02', '21', '64', '99999999999', 'X25519', 'scrypt', '->', '---', word.slice(1)],
    ...[
      `${word}=`,
      `${word}A`,
      'A'.repeat(64),
      `${word} ${word}`,
      Buffer.from(dice.bytes(16)).toString('base64'),
    ],
  ]);
  lines[at] = words.join(' ');
  if (dice.oneIn(4)) lines.splice(at, dice.below(2), lines[dice.below(lines.length)] ?? '');
  return Buffer.concat([Buffer.from(lines.join('\n'), 'latin1'), file.subarray(end)]);
}

/** A keystore that its password opens, of hostile content or by odd parameters; or one whose fields are hostile. */
export function hostileKeystore(password: string, dice: Dice): Uint8Array {
  const bytes = utf8.encode(password);
  if (dice.oneIn(3)) return mutate(cheapKeystore(bytes), dice);
  const content = dice.pick([
    Buffer.alloc(32),
    Buffer.alloc(32, 0xff),
    // The order of secp256k1, and one less.
    Buffer.from('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141', 'hex'),
    Buffer.from('fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364140', 'hex'),
    ...[0, 1, 31, 33, 64, 4096].map((length) => Buffer.alloc(length, 0x46)),
    Buffer.from(dice.bytes(32)),
  ]);
  const parameters = {
    n: dice.pick([2, 4, 1024]),
    r: dice.pick([1, 8]),
    dklen: dice.pick([32, 33, 64]),
  };
  const made = JSON.parse(Buffer.from(cheapKeystore(bytes, content, parameters)).toString()) as {
    version: number;
    crypto: Record<string, unknown>;
  };
  const more = dice.pick<object>([{}, {}, { address: '46'.repeat(20) }, { address: 7 }, { id: null, x: [] }]);
  return utf8.encode(JSON.stringify({ ...made, ...more }));
}
