import type { Channel, RequestOf } from '../../shared/contract.ts';
import type { Fault } from '../../shared/recovery-error.ts';
import type { Loaded, SessionState, WalletRef, WalletView } from '../../shared/session-state.ts';

/** All that a screen works with: the session, what may be asked of it, and what is chosen on this page only. */
export interface Desk {
  readonly state: SessionState;
  /** The fault to show: of the last call, or of the session. */
  readonly fault: Fault | null;
  /** The call that is under way, such as a dialog that is open. */
  readonly busy: Channel | null;
  /** Makes one call; answers with the session as it is afterwards, or null when it failed. */
  readonly ask: <Name extends Channel>(
    channel: Name,
    request: RequestOf<Name>,
  ) => Promise<SessionState | null>;
  /** Adds dropped files. */
  readonly drop: (files: readonly File[]) => Promise<SessionState | null>;
  /** The wallet that is marked in the list of the step Load, and whether its ids are being edited. */
  readonly marked: { readonly wallet: WalletRef; readonly editing: boolean } | null;
  readonly mark: (wallet: WalletRef, editing?: boolean) => void;
}

/** What every screen is given: its own stage, and the desk. */
export interface ScreenProps<Kind extends SessionState['stage']['kind']> {
  readonly stage: Extract<SessionState['stage'], { readonly kind: Kind }>;
  readonly desk: Desk;
}

/** Starts a call of which only the session's change is awaited, by the desk itself. */
export function start(call: Promise<unknown>): void {
  void call;
}

/** The wallet of a name; undefined when the session no longer has it. */
export function walletOf(loaded: Loaded, ref: WalletRef): WalletView | undefined {
  return loaded.wallets.find((wallet) => wallet.ref === ref);
}
