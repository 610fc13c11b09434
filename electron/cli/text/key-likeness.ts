import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { ifSaid, said, theFile } from './details.ts';

/** What a file that holds no readable RSA key calls for, by what it looks like. */
const ADVICE: readonly (readonly [string, string])[] = [
  ['recovery kit', 'The kit and the key file may have been swapped: give the RSA key file here.'],
  ['recovered wallet key', 'Give the RSA recovery key, not the key of a wallet.'],
  ['old PKE1', 'If it is an encrypted key, run again with --password-file or --password-stdin.'],
  ['archive', 'Unpack it first, and give the key file that is inside.'],
  ['private key', 'Give the public key here, and keep the private key to yourself.'],
];

/** Says that a file is no RSA key, and which mix-up that looks like. */
export function keyNotUnderstood(details: ErrorDetails): string {
  const looksLike = said(details, 'looksLike');
  const [, advice] = ADVICE.find(([words]) => looksLike?.includes(words) === true) ?? [];
  const otherwise = 'Give the RSA key as DER, PEM, hex, base64 or a PKE1 file.';
  return `${theFile(details)} is not an RSA key that can be read${ifSaid(looksLike, '; it looks like: ')}. ${advice ?? otherwise}`;
}
