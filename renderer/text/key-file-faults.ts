import type { ErrorDetails } from '../../shared/recovery-error.ts';
import { WALLET_KEY_FAULTS } from './wallet-key-faults.ts';
import { ACTIONS, ifSaid, inField, said, theFile, type FaultText, type TellersOf } from './details.ts';

type KeyFileCode = Extract<
  keyof TellersOf<'input'>,
  'rsa-key.not-understood' | 'rsa-key.truncated' | 'rsa-key.malformed' | `wallet-key.${string}`
>;

/** What a file that holds no readable RSA key calls for, by what it looks like. */
const ADVICE: readonly (readonly [string, string])[] = [
  ['recovery kit', 'The kit and the key file may have been swapped: choose the recovery key file here.'],
  ['recovered wallet key', 'Choose the RSA recovery key, not the key of a wallet.'],
  ['old PKE1', 'It may be encrypted: enter its password, if it has one.'],
  ['archive', 'Unpack it first, and choose the key file that is inside.'],
];

/** What is said of recovery key files that can't be read. */
export const KEY_FILE_FAULTS: Pick<TellersOf<'input'>, KeyFileCode> = {
  'rsa-key.not-understood': (details) => {
    const looksLike = said(details, 'looksLike');
    const [, advice] = ADVICE.find(([words]) => looksLike?.includes(words) === true) ?? [];
    return keyFile(
      `${theFile(details)} is not an RSA key that can be read`,
      looksLike === undefined
        ? 'It is none of the kinds that are read here.'
        : `It looks like: ${looksLike}.`,
      advice ?? 'Choose the RSA key as DER, PEM, hex, base64 or a PKE1 file.',
    );
  },
  'rsa-key.truncated': (details) =>
    keyFile(
      `${theFile(details, 'The key file')} ends too early`,
      'The copy of the key is not whole.',
      'Copy it again from the original, then choose it.',
    ),
  'rsa-key.malformed': (details) =>
    keyFile(
      `${theFile(details, 'The key file')} is damaged`,
      `The RSA key in it can’t be used${damagedPlace(details)}.`,
      'Use another copy of it.',
    ),
  ...WALLET_KEY_FAULTS,
};

function keyFile(title: string, meaning: string, next: string): FaultText {
  return { title, meaning, next, action: ACTIONS.chooseKeyFile };
}

function damagedPlace(details: ErrorDetails): string {
  const encoding = said(details, 'encoding');
  if (encoding === undefined) return inField(details) + ifSaid(said(details, 'reason'), ': ');
  return `: it has a character that is not ${encoding}${ifSaid(said(details, 'offset'), ', at position ')}`;
}
