import type {
  CeremonyDice,
  CeremonyPublicKeyFile,
  CeremonyRole,
  SharedThing,
} from '../../shared/ceremony.ts';
import { count } from './words.ts';

/** What each part in a ceremony is called. */
export const ROLE_WORDS: Readonly<Record<CeremonyRole, string>> = {
  operator: 'operator',
  witness: 'witness',
  'ceremony-lead': 'lead of the ceremony',
  custodian: 'custodian',
};

/** What each form of the public key file is. */
export const FORM_WORDS: Readonly<Record<CeremonyPublicKeyFile['form'], string>> = {
  der: 'binary DER',
  hex: 'hex text',
  base64: 'base64 text',
};

/** What shares are made of, and give back. */
export const SHARED_WORDS: Readonly<Record<SharedThing, string>> = {
  password: 'the password',
  file: 'the private key file',
};

/** `100 rolls, 258 bits`. */
export function diceWords({ count: rolls, entropyBits }: CeremonyDice): string {
  return `${count(rolls, 'roll')}, ${count(entropyBits, 'bit')}`;
}

/** What is said of faces that came up as a fair die's hardly do. */
export const UNEVEN_WORDS =
  'The six faces came up very unevenly, as those of a fair die do once in a thousand times. The key is no weaker than without dice; take another die if you count on it.';

/** What is to be known before a share is printed. */
export const PRINTING_HINTS: readonly string[] = [
  'Open each page in a browser on this machine, and print it on a printer with a cable that keeps no copies. One custodian looks at one page.',
  'Try the printed pages: scan or type as many as are needed into text files, and combine those here. The pages’ own files do as well, and say nothing about the paper.',
  'Then each custodian signs their page, puts it under a seal, and writes the seal’s number on it.',
  'Delete the pages’ files, and destroy the medium that they were on: deleting alone does not erase them.',
];
