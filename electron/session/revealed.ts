import type { RevealFacts, RevealForm } from '../../shared/reveal.ts';
import type { RecoveredView } from '../../shared/session-state.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { encodeWif, WIF_VERSION } from '../engine/encode/bitcoin.ts';
import { encodeBase64Line, encodeHexLine } from '../engine/encode/clear-text.ts';
import type { ExportKey } from '../engine/encode/export-key.ts';

/** A secret that may be looked at, in a window of its own, until it is wiped. */
export interface Revealed {
  readonly facts: Omit<RevealFacts, 'millisecondsLeft'>;
  /** The secret as text, for the caller to wipe; only for one of its forms. */
  readonly textOf: (form: RevealForm) => SecretBytes;
  readonly wipe: () => void;
}

/** Where secrets are looked at. One is shown at a time; closing it wipes it. */
export interface RevealPort {
  readonly show: (revealed: Revealed) => Promise<void>;
  readonly close: () => void;
}

/**
 * A recovered key, to be looked at.
 * @param key is copied; the caller's own may be wiped at once
 * @param recovered says which key it is
 */
export function revealedKey(key: ExportKey, recovered: RecoveredView): Revealed {
  const secret = key.privateKey.use((bytes) => new SecretBytes(bytes));
  const isEdwards = key.curve.name === 'ED-25519' || key.curve.name === 'ED-448';
  const address = recovered.addresses.find(({ registered }) => registered) ?? recovered.addresses[0];
  return {
    facts: {
      title: isEdwards ? 'Private scalar' : 'Private key',
      about: [`Key at ${recovered.path}`, ...(address === undefined ? [] : [address.address])].join(' · '),
      warning: isEdwards
        ? 'Whoever sees this has the key. It is a big-endian scalar and not a seed: no wallet imports it as it is.'
        : 'Whoever sees this has the key, and can spend everything in the wallet.',
      forms: isEdwards
        ? ['hex']
        : key.curve.name === 'secp256k1'
          ? ['hex', 'base64', 'wif', 'wif-testnet']
          : ['hex', 'base64'],
    },
    textOf: (form) => withoutLineFeed(lineOf(form, secret)),
    wipe: () => {
      secret.wipe();
    },
  };
}

/** A passphrase that was made for a new file, to be written down. It is the window's to wipe. */
export function revealedPassphrase(phrase: SecretBytes): Revealed {
  return {
    facts: {
      title: 'Passphrase for the new file',
      about: 'Not kept anywhere: once this window closes, nobody has it but you',
      warning:
        'Write the words down on paper, in this order; they are typed with one blank between. Whoever has them and the file has the key.',
      forms: ['words'],
    },
    textOf: () => phrase.use((bytes) => new SecretBytes(bytes)),
    wipe: () => {
      phrase.wipe();
    },
  };
}

function lineOf(form: RevealForm, secret: SecretBytes): SecretBytes {
  switch (form) {
    case 'hex':
      return encodeHexLine(secret);
    case 'base64':
      return encodeBase64Line(secret);
    case 'wif':
    case 'wif-testnet':
      return encodeWif(secret, WIF_VERSION[form]);
    case 'words':
      throw new Error('a key has no words');
  }
}

/** Files end in a line break; what is looked at and copied does not. */
function withoutLineFeed(line: SecretBytes): SecretBytes {
  try {
    return line.use((bytes) => new SecretBytes(bytes.subarray(0, -1)));
  } finally {
    line.wipe();
  }
}
