import { assertNever } from '../../shared/assert-never.ts';
import type { ExportFormat } from '../../shared/export-format.ts';
import type { CurveName } from '../../shared/curve-name.ts';

/** One thing to do with what was given out. */
export interface NextStep {
  readonly title: string;
  readonly says: string;
}

/** Where a format is imported, in plain words. docs/export.md has the commands. */
export function whereToImport(format: ExportFormat): string {
  switch (format) {
    case 'pke1':
      return 'On an offline machine: “breakglass decrypt FILE”, or the public Palisade recovery CLI, with the password you chose. Both write the key itself; do it only where it is needed.';
    case 'keystore-v3':
      return 'In MetaMask: Add account, Import account, JSON file. In Geth: copy it into the keystore folder. The password is asked for when you spend.';
    case 'pkcs8-scrypt':
    case 'pkcs8-pbkdf2':
      return 'With OpenSSL: “openssl pkey -in FILE”, with the password you chose. HSMs and Java key stores import the same file.';
    case 'age':
      return 'With age: “age -d FILE” prints the key in hex, after the passphrase you chose.';
    case 'sec1-pem':
      return 'With OpenSSL: “openssl ec -in FILE”. HSM tools and Java read it too.';
    case 'hex':
      return 'In most wallets: Import private key. For Ethereum wallets with 0x before it, for XRP Ledger and Tron wallets without.';
    case 'base64':
      return 'In the program that asked for base64. Wallets want hex or WIF.';
    case 'wif':
    case 'wif-testnet':
      return 'In Electrum, Sparrow or Bitcoin Core: sweep the key, which moves the coins, rather than import it.';
    case 'xprv':
      return 'In a wallet that takes an extended private key. It derives without hardened levels: choose the very path that Breakglass shows.';
    case 'edwards-scalar':
      return 'In a program that signs with a bare scalar. Read it as a big-endian number; programs that want it little-endian need it reversed.';
    case 'ed25519-expanded':
      return 'In a library that signs with expanded keys, such as hazmat interfaces of Ed25519 libraries. Check the public key before you sign anything.';
    default:
      return assertNever(format);
  }
}

/** What is to be done next, in order, whatever the format. */
export function nextSteps(curve: CurveName): readonly NextStep[] {
  return [
    {
      title: 'Try a small amount first',
      says: 'Import the key, compare the address with your record, and send the smallest amount that the chain takes. Only then move the rest.',
    },
    {
      title: 'Move everything to new keys',
      says: 'This key was in one place and in one person’s hands. It is no longer a threshold key, and never will be again: make a new wallet and move all assets there, on every chain.',
    },
    ...(curve === 'ED-25519' ? [ED25519] : []),
    {
      title: 'Destroy this file',
      says: 'Once the funds have moved, wipe the medium or destroy it. Deleting a file does not remove it. Until then keep it apart from the backup and the recovery key.',
    },
  ];
}

const ED25519: NextStep = {
  title: 'Why no ordinary wallet takes an Ed25519 key from here',
  says: 'Wallets of Solana, Stellar and others import a seed, and hash it to get the key. An MPC wallet never had a seed: its key is the number that comes after the hash, and there is no way back. What signs with it is a program that takes a scalar or an expanded key. Never paste it where a seed is asked for: the wallet would open, with another address and no funds.',
};
