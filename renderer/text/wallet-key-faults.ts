import { ACTIONS, ifSaid, said, theFile, type FaultText, type TellersOf } from './details.ts';

type WalletKeyCode = Extract<keyof TellersOf<'input'>, `wallet-key.${string}`>;

/** What is said of files that should hold a recovered wallet key. */
export const WALLET_KEY_FAULTS: Pick<TellersOf<'input'>, WalletKeyCode> = {
  'wallet-key.not-understood': (details) =>
    keyFile(
      `${theFile(details)} does not hold a recovered wallet key`,
      'It is in none of the formats that a key is written in here.',
      'Choose the file that the recovery wrote.',
    ),
  'wallet-key.contradictory': (details) =>
    keyFile(
      `${theFile(details)} contradicts itself`,
      'The address or public key that it states is not that of its private key: it was damaged or altered.',
      'Don’t use it. Use another copy, or recover the key again.',
    ),
  'wallet-key.other-curve': (details) =>
    keyFile(
      `${theFile(details)} holds a key of another curve`,
      `Its key is of ${said(details, 'found') ?? 'another curve'}${ifSaid(said(details, 'wanted'), ', and wanted is ')}.`,
      'Choose the file of the wallet that is meant.',
    ),
};

function keyFile(title: string, meaning: string, next: string): FaultText {
  return { title, meaning, next, action: ACTIONS.chooseKeyFile };
}
