import type { KeySource } from '../../shared/key-source.ts';
import type { Warning } from '../../shared/warning.ts';
import { labelMismatchProbe, softwareDecryptor, type Decryptor } from '../engine/rsa/decrypt.ts';
import type { RsaPrivateKey } from '../engine/rsa/private-key.ts';
import { GOOD_MODULUS_BITS, type RsaPublicKey } from '../engine/rsa/public-key.ts';

/** The RSA recovery key as recovery uses it, wherever its private half is. */
export interface RecoveryKey {
  readonly publicKey: RsaPublicKey;
  /** What its owner should know, though the key is usable. */
  readonly warnings: readonly Warning[];
  /**
   * Makes a decryptor for one label. It fails with `decryption.failed`, and in a token with any code of `hsm.` and
   * `pin.`.
   * @param label any bytes, also none
   */
  readonly decryptor: (label: Uint8Array) => Decryptor;
  /**
   * Tells a wrong label from a wrong key, after a decryption failed; `label` where it can't be told.
   * @param ciphertext the one that failed
   */
  readonly labelOrKey: (ciphertext: Uint8Array) => Promise<'label' | 'key'>;
  /** Where the key is and how it has decrypted; asked once something was. */
  readonly source: () => KeySource;
  /** Lets go of the key; using it afterwards is a bug. */
  readonly close: () => Promise<void>;
}

/** A recovery key that was read from a file. */
export function fileRecoveryKey(key: RsaPrivateKey): RecoveryKey {
  return {
    publicKey: key.publicKey,
    warnings: warnOfSmallKey(key.publicKey),
    decryptor: (label) => softwareDecryptor(key, label),
    labelOrKey: (ciphertext) => Promise.resolve(labelMismatchProbe(key, ciphertext)),
    source: () => ({ kind: 'file', mechanism: 'software' }),
    close: () => Promise.resolve(),
  };
}

/** The same recovery key, telling of each decryption as it begins: one in a token can take a second and more. */
export function tellingOfDecryptions(key: RecoveryKey, onDecryption: () => void): RecoveryKey {
  return {
    ...key,
    decryptor: (label) => {
      const decrypt = key.decryptor(label);
      return (ciphertext) => {
        onDecryption();
        return decrypt(ciphertext);
      };
    },
  };
}

/** An RSA key below 2048 bits is used, and worth a warning. */
export function warnOfSmallKey({ modulusBits }: RsaPublicKey): readonly Warning[] {
  return modulusBits < GOOD_MODULUS_BITS ? [{ code: 'rsa-key.small', details: { bits: modulusBits } }] : [];
}
