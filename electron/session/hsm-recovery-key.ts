import type { HsmClient } from '../hsm/client.ts';
import type { HsmKey } from '../hsm/hsm-key.ts';
import { warnOfSmallKey, type RecoveryKey } from './recovery-key.ts';

/**
 * A recovery key in a token. Closing it closes the client's bridge.
 * @param client that opened the session
 * @param key of that session
 */
export function hsmRecoveryKey(client: HsmClient, key: HsmKey): RecoveryKey {
  return {
    publicKey: key.publicKey,
    warnings: warnOfSmallKey(key.publicKey),
    decryptor: (label) => key.decryptor(label),
    labelOrKey: (ciphertext) => key.labelOrKey(ciphertext),
    source: () => {
      const { mechanism, module, token, view } = key;
      if (mechanism === undefined) throw new Error('nothing was decrypted yet');
      return {
        kind: 'hsm',
        mechanism,
        module: module.file,
        tokenLabel: token.label,
        tokenSerial: token.serial,
        keyLabel: view.label,
        keyIdHex: view.idHex,
      };
    },
    close: () => client.close(),
  };
}
