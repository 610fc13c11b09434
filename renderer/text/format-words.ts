import type { ExportFormat } from '../../shared/export-format.ts';

/** One format in words. */
interface FormatWords {
  readonly name: string;
  /** What it is and who reads it. */
  readonly says: string;
  /** `an age file`: what is about to be written. */
  readonly file: string;
  /** For a format in the clear: what that means with this one. */
  readonly danger?: string;
}

const BARE =
  'Anyone who reads it, from a copy, a backup or a deleted file on the medium, can spend everything in the wallet.';

/** Every format, for people. docs/export.md says more. */
export const FORMAT_WORDS: Readonly<Record<ExportFormat, FormatWords>> = {
  pke1: {
    name: 'PKE1',
    says: 'Encrypted with a password. Read by Breakglass and by the public Palisade recovery CLI.',
    file: 'a PKE1 file',
  },
  'keystore-v3': {
    name: 'Ethereum keystore',
    says: 'Encrypted JSON (version 3, scrypt). Read by MetaMask, Geth, MyCrypto and most Ethereum wallets.',
    file: 'an Ethereum keystore',
  },
  'pkcs8-scrypt': {
    name: 'PKCS#8, scrypt',
    says: 'Encrypted PEM (PBES2, scrypt, AES-256). Read by OpenSSL 1.1 and later.',
    file: 'an encrypted PKCS#8 file',
  },
  'pkcs8-pbkdf2': {
    name: 'PKCS#8, PBKDF2',
    says: 'Encrypted PEM (PBES2, PBKDF2-SHA-256, AES-256). Read by OpenSSL, Java and most HSM tools.',
    file: 'an encrypted PKCS#8 file',
  },
  age: {
    name: 'age',
    says: 'The key in hex, in a file that age decrypts with a passphrase.',
    file: 'an age file',
  },
  'sec1-pem': {
    name: 'SEC 1 PEM',
    says: 'An EC PRIVATE KEY as OpenSSL writes it.',
    file: 'a SEC 1 PEM file',
    danger: `The file is not encrypted. ${BARE}`,
  },
  hex: {
    name: 'Hex',
    says: 'The private key as hex digits, as most wallets import it.',
    file: 'a hex file',
    danger: `It is the key as plain text. ${BARE}`,
  },
  base64: {
    name: 'Base64',
    says: 'The bytes of the private key as base64, for programs that take them so.',
    file: 'a base64 file',
    danger: `It is the key as plain text; that it does not look like one protects nothing. ${BARE}`,
  },
  wif: {
    name: 'WIF, mainnet',
    says: 'For Bitcoin wallets: Bitcoin Core, Electrum, Sparrow.',
    file: 'a WIF file',
    danger: `A wallet that imports it can spend at once, and so can anyone who reads it. ${BARE}`,
  },
  'wif-testnet': {
    name: 'WIF, testnet',
    says: 'The same for Bitcoin testnet wallets.',
    file: 'a WIF file for testnet',
    danger: `It is the same key as on mainnet, so it is just as dangerous. ${BARE}`,
  },
  xprv: {
    name: 'xprv of the master key',
    says: 'The master key with its chain code: every key below it can be derived.',
    file: 'an xprv file',
    danger:
      'It is the master key: whoever reads it can spend from every account and address of this wallet, now and later, not from one alone.',
  },
  'edwards-scalar': {
    name: 'Ed25519 scalar',
    says: 'The private scalar in hex, big-endian, labelled. It is not a seed, and no ordinary wallet imports it.',
    file: 'an Ed25519 scalar file',
    danger: `It is the key as plain text. A program that takes it for a seed makes another key of it, and shows another address. ${BARE}`,
  },
  'ed25519-expanded': {
    name: 'Ed25519 expanded key',
    says: 'Little-endian scalar and a fresh prefix, 64 bytes, for libraries that sign with expanded keys.',
    file: 'an expanded Ed25519 key',
    danger: `It is the key as plain text. It is not the 64-byte secret key of a wallet, which begins with a seed. ${BARE}`,
  },
};
