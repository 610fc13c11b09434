import { ifSaid, inFile, said, theFile, type SentencesOf } from './details.ts';

type WalletKeyCode = Extract<keyof SentencesOf<'input'>, `wallet-key.${string}`>;

/** What is said of files that should hold a recovered wallet key. */
export const WALLET_KEY_SENTENCES: Pick<SentencesOf<'input'>, WalletKeyCode> = {
  'wallet-key.not-understood': (details) =>
    `${theFile(details)} does not hold a recovered wallet key. Give the file that recover wrote with --output-file, in any of its formats, or a key as 32 bytes, hex or base64 text.`,
  'wallet-key.contradictory': (details) =>
    `The address or public key${inFile(details)} is not that of the private key beside it. The file was damaged or altered, so don't use it: use another copy, or recover the key again.`,
  'wallet-key.other-curve': (details) =>
    `The key${inFile(details)} is of ${said(details, 'found') ?? 'another curve'}${ifSaid(said(details, 'wanted'), ', and --key-type says ')}. Leave --key-type out, or give the file of the wallet that is meant.`,
};
