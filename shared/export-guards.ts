import { isClearFormat, type ExportFormat } from './export-format.ts';
import { TYPED_CHARACTERS } from './export-sentences.ts';
import type { ExportDraft, InTheClear } from './export-state.ts';
import type { AddressView, RecoveredView, SessionState, WalletView } from './session-state.ts';

/**
 * Everything that has to hold before a key is given out, in the order in which it is asked for.
 * - `live`: a live recovery; a drill gives nothing out
 * - `verified`: the backup was found good, or carries no proof and that was accepted
 * - `public-key`: the key that would be given out makes the public key that is on the screen
 * - `expected-address`: it has the register's address, or that there is none was accepted
 * - `typed-address`: the last six characters of one of its addresses were typed
 * - `air-gap`: no network interface is up, or that one is was accepted on the record
 * - `second-person`: a second person is named and agreed
 * - `in-the-clear`: for a clear format or the screen, that it is in the clear was accepted
 */
export const EXPORT_GUARDS = [
  'live',
  'verified',
  'public-key',
  'expected-address',
  'typed-address',
  'air-gap',
  'second-person',
  'in-the-clear',
] as const;

/** The name of one guard. */
export type ExportGuard = (typeof EXPORT_GUARDS)[number];

/** What is to be given out: a file of a format, or the key on the screen. */
export type GivenOut = ExportFormat | 'reveal';

/** What the guards look at: the session, and nothing that a page could add. */
export type GuardedState = Pick<SessionState, 'mode' | 'airGap' | 'stage'>;

/**
 * The guards that are not met, in their order; empty when the key may be given out. Pure, and the one place where this
 * is decided: the screen shows it, the session asks it before work starts and again at the moment of writing.
 * @param state of the session
 * @param what is to be given out
 */
export function missingGuards(state: GuardedState, what: GivenOut): readonly ExportGuard[] {
  return EXPORT_GUARDS.filter((guard) => !isMet(guard, state, what));
}

/** Whether giving this out leaves the key readable by whoever has the file or sees the screen. */
export function isInTheClear(what: GivenOut): what is InTheClear {
  return what === 'reveal' || isClearFormat(what);
}

/** The addresses whose end may be typed: the register's where it is one of the key's, else any. */
export function confirmable({ addresses }: RecoveredView): readonly AddressView[] {
  const registered = addresses.filter((each) => each.registered);
  return registered.length > 0 ? registered : addresses;
}

/**
 * The address that ends so, of those that may be confirmed; on a curve that no chain uses the public key stands in.
 * @param lastCharacters as typed: six, capitals or not
 */
export function addressEndingIn(recovered: RecoveredView, lastCharacters: string): string | undefined {
  const typed = lastCharacters.trim().toLowerCase();
  if (typed.length !== TYPED_CHARACTERS) return undefined;
  return confirmableTexts(recovered).find((each) => each.toLowerCase().endsWith(typed));
}

function isMet(guard: ExportGuard, { mode, airGap, stage }: GuardedState, what: GivenOut): boolean {
  if (stage.kind !== 'export') return false;
  const { recovered, draft } = stage;
  switch (guard) {
    case 'live':
      return mode === 'live';
    case 'verified':
      return isVerified(
        stage.loaded.wallets.find(({ ref }) => ref === stage.wallet),
        draft,
      );
    case 'public-key':
      return recovered.publicKeyMatches;
    case 'expected-address':
      return (
        recovered.comparison === 'matched' ||
        (recovered.comparison === 'not-given' && draft.acknowledged.includes('no-expected-address'))
      );
    case 'typed-address':
      return isTyped(recovered, draft.typedAddress);
    case 'air-gap':
      return airGap.holds || airGap.overridden;
    case 'second-person':
      return isAgreed(draft);
    case 'in-the-clear':
      return !isInTheClear(what) || draft.acceptedInTheClear.includes(what);
  }
}

function isVerified(wallet: WalletView | undefined, { acknowledged }: ExportDraft): boolean {
  if (wallet?.verification.kind !== 'judged') return false;
  const { verdict } = wallet.verification;
  return verdict === 'valid' || (verdict === 'unverifiable' && acknowledged.includes('not-verifiable'));
}

function isTyped(recovered: RecoveredView, typed: string | null): boolean {
  return typed !== null && confirmableTexts(recovered).includes(typed);
}

function confirmableTexts(recovered: RecoveredView): readonly string[] {
  const addresses = confirmable(recovered).map(({ address }) => address);
  return addresses.length === 0 ? [recovered.publicKeyHex] : addresses;
}

function isAgreed({ people }: ExportDraft): boolean {
  return (
    people !== null &&
    people.confirmed &&
    people.operator !== '' &&
    people.secondPerson !== '' &&
    people.operator !== people.secondPerson
  );
}
