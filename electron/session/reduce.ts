import { assertNever } from '../../shared/assert-never.ts';
import { ERROR_CODES } from '../../shared/error-codes.ts';
import { EMPTY_BUCKET, type BucketDesk } from '../../shared/bucket-desk.ts';
import { missingGuards } from '../../shared/export-guards.ts';
import { placeOf } from '../../shared/place.ts';
import { NO_RECORD } from '../../shared/record-view.ts';
import type { Fault } from '../../shared/recovery-error.ts';
import type { Loaded, Mode, SessionState, Stage, WalletRef, WalletView } from '../../shared/session-state.ts';
import {
  ceremonyAfterFailure,
  ceremonyBefore,
  FRESH_CEREMONY,
  reduceCeremony,
} from './ceremony/reduce-ceremony.ts';
import { EMPTY_DRAFT, reduceDraft } from './reduce-draft.ts';
import type { SessionEvent } from './session-event.ts';
import { writtenAfter } from './written-files.ts';

/** Where every session starts. */
export const FRESH_SESSION: SessionState = {
  mode: null,
  airGap: { interfaces: [], holds: false, overridden: false },
  machine: null,
  stage: { kind: 'prepare' },
  unfinished: [],
  rehearsal: null,
  record: NO_RECORD,
  outputs: [],
  written: [],
  fault: null,
};

/**
 * The session after an event. Pure: no clock, no I/O, no secret. An event that does not fit the stage changes nothing,
 * and nothing leads on from the end.
 */
export function reduce(state: SessionState, event: SessionEvent): SessionState {
  const after = step(state, event);
  if (after === state) return state;
  const written = writtenAfter(state.written, event);
  return written === state.written ? after : { ...after, written };
}

function step(state: SessionState, event: SessionEvent): SessionState {
  const { stage } = state;
  if (stage.kind === 'done') return state;
  switch (event.kind) {
    case 'mode-chosen':
      if (stage.kind !== 'prepare') return state;
      return {
        ...state,
        mode: event.mode,
        fault: null,
        stage:
          event.mode === 'bucket'
            ? { kind: 'bucket', bucket: EMPTY_BUCKET }
            : event.mode === 'ceremony'
              ? { kind: 'ceremony', ceremony: FRESH_CEREMONY }
              : { kind: 'load', loaded: NOTHING, loading: false },
      };
    case 'air-gap-changed':
      // An override was given for the interfaces that were up then; when they change, it has to be given again.
      return { ...state, airGap: { ...event.airGap, overridden: false } };
    case 'air-gap-overridden':
      return { ...state, airGap: { ...state.airGap, overridden: true }, fault: null };
    case 'machine-changed':
      return { ...state, machine: event.machine };
    case 'unfinished-found':
      return { ...state, unfinished: event.files };
    case 'failed':
      return { ...state, fault: event.fault, stage: afterFailure(stage, event.fault) };
    case 'stepped-back':
      return moveTo(state, stageBefore(stage, state.mode));
    case 'ended':
      return moveTo(state, { kind: 'done', reason: event.reason, left: placeOf(stage) });
    case 'verification-changed':
      // A wallet that no longer runs has other files or ids by now than those that were judged.
      return changeWallet(state, event.wallet, (wallet) =>
        event.verification.kind === 'judged' && wallet.verification.kind !== 'running'
          ? wallet
          : { ...wallet, verification: event.verification },
      );
    case 'check-done':
      return changeWallet(state, event.wallet, ({ verification, ...wallet }) => ({
        ...wallet,
        verification:
          verification.kind === 'running'
            ? { ...verification, results: [...verification.results, event.result] }
            : verification,
      }));
    case 'wallet-described':
      return isBeforeUnlock(stage) && hasWallet(stage, event.wallet.ref)
        ? { ...changeWallet(state, event.wallet.ref, () => event.wallet), fault: null }
        : state;
    case 'bucket-begun':
      return stage.kind === 'load' && !stage.loading && state.mode === 'drill'
        ? moveTo(state, { kind: 'bucket', bucket: event.bucket })
        : state;
    case 'bucket-changed':
      return stage.kind === 'bucket' ? moveTo(state, { ...stage, bucket: event.bucket }) : state;
    case 'results-kept':
      // What it changes is the list of what was written, which the caller adds to.
      return stage.kind === 'bucket' ? { ...state } : state;
    case 'bucket-unlock-begun':
      return stage.kind === 'bucket'
        ? moveTo(state, { ...stage, kind: 'bucket-unlock', keyFile: null, hsm: null, opening: false })
        : state;
    case 'rehearsal-begun':
      return stage.kind === 'load' && !stage.loading && state.mode === 'drill'
        ? moveTo(state, { kind: 'rehearsal', loaded: stage.loaded, making: false })
        : state;
    case 'rehearsal-making':
      return stage.kind === 'rehearsal' ? moveTo(state, { ...stage, making: true }) : state;
    case 'rehearsal-made':
      return stage.kind === 'rehearsal'
        ? {
            ...moveTo(state, { kind: 'load', loaded: stage.loaded, loading: false }),
            rehearsal: event.rehearsal,
          }
        : state;
    case 'loading':
      return stage.kind === 'load' ? moveTo(state, { ...stage, loading: true }) : state;
    case 'loaded': {
      if (stage.kind !== 'load') return state;
      const { files, wallets, register, registerWarnings } = event;
      return moveTo(state, {
        kind: 'load',
        loading: false,
        loaded: { files, wallets, register, registerWarnings },
      });
    }
    case 'wallet-chosen':
      return stage.kind === 'load' && !stage.loading && hasWallet(stage, event.wallet)
        ? moveTo(state, { kind: 'verify', loaded: stage.loaded, wallet: event.wallet })
        : state;
    case 'unlock-begun':
      return stage.kind === 'verify'
        ? moveTo(state, { ...stage, kind: 'unlock', keyFile: null, hsm: null, opening: false })
        : state;
    case 'key-file-chosen':
      return isUnlocking(stage) ? moveTo(state, { ...stage, keyFile: event.keyFile }) : state;
    case 'hsm-changed':
      // Once the user is asked which key is meant, opening waits for the answer.
      return isUnlocking(stage)
        ? moveTo(state, { ...stage, hsm: event.hsm, opening: event.hsm.keys === null && stage.opening })
        : state;
    case 'key-opening':
      return isUnlocking(stage) ? moveTo(state, { ...stage, opening: true }) : state;
    case 'key-opened': {
      if (stage.kind === 'bucket-unlock') {
        const { view, page } = EMPTY_BUCKET;
        const bucket: BucketDesk = { ...stage.bucket, task: 'recover-check', view, page };
        return moveTo(state, { kind: 'bucket', bucket });
      }
      if (stage.kind !== 'unlock') return state;
      const { loaded, wallet, hsm } = stage;
      return moveTo(state, {
        kind: 'reconstruct',
        loaded,
        wallet,
        hsm,
        decryptions: 0,
        rebuilt: [],
        running: false,
      });
    }
    case 'reconstruction-started':
      return stage.kind === 'reconstruct'
        ? moveTo(state, { ...stage, running: true, decryptions: 0, rebuilt: [] })
        : state;
    case 'decryption-begun':
      return isRebuilding(stage) ? moveTo(state, { ...stage, decryptions: stage.decryptions + 1 }) : state;
    case 'share-rebuilt':
      return isRebuilding(stage)
        ? moveTo(state, { ...stage, rebuilt: [...stage.rebuilt, event.player] })
        : state;
    case 'recovered': {
      if (stage.kind !== 'reconstruct' && stage.kind !== 'addresses') return state;
      const { loaded, wallet } = stage;
      return moveTo(state, { kind: 'addresses', loaded, wallet, recovered: event.recovered });
    }
    case 'export-begun': {
      if (stage.kind !== 'addresses' || state.mode !== 'live') return state;
      return moveTo(state, { ...stage, kind: 'export', draft: EMPTY_DRAFT });
    }
    case 'writing': {
      if (stage.kind !== 'export') return state;
      const { draft } = stage;
      // The door itself: past it a key is on its way out, so it opens only here, and only with every guard met.
      return missingGuards(state, draft.format).length > 0
        ? state
        : moveTo(state, { ...stage, draft: { ...draft, writing: event.step } });
    }
    case 'written': {
      if (stage.kind !== 'export' || stage.draft.writing !== 'writing') return state;
      const draft = { ...stage.draft, writing: null, destination: null, rating: null };
      return { ...moveTo(state, { ...stage, draft }), outputs: [...state.outputs, event.output] };
    }
    case 'revealed':
      return stage.kind === 'export' && missingGuards(state, 'reveal').length === 0
        ? { ...state, fault: null, outputs: [...state.outputs, event.output] }
        : state;
    case 'register-begun':
      return stage.kind === 'prepare' ? moveTo(state, { kind: 'register', open: null }) : state;
    case 'register-changed':
      return stage.kind === 'register' ? moveTo(state, { kind: 'register', open: event.open }) : state;
    case 'record-check-begun':
      return stage.kind === 'prepare' ? moveTo(state, { kind: 'record-check', check: null }) : state;
    case 'record-checked':
      return stage.kind === 'record-check'
        ? moveTo(state, { kind: 'record-check', check: event.check })
        : state;
    case 'address-typed':
    case 'people-named':
    case 'second-person-agreed':
    case 'acknowledged':
    case 'in-the-clear-accepted':
    case 'format-chosen':
    case 'destination-chosen':
    case 'password-rated':
      return stage.kind === 'export'
        ? moveTo(state, { ...stage, draft: reduceDraft(stage.draft, event) })
        : state;
    case 'ceremony': {
      if (stage.kind !== 'ceremony') return state;
      const ceremony = reduceCeremony(stage.ceremony, event.event);
      return ceremony === stage.ceremony ? state : moveTo(state, { ...stage, ceremony });
    }
    default:
      return assertNever(event);
  }
}

/** A stage in which the recovery key is opened. */
export type UnlockingStage = Extract<Stage, { readonly kind: 'unlock' | 'bucket-unlock' }>;

/** Whether the recovery key is being opened: for one wallet, or for a whole bucket. */
export function isUnlocking(stage: Stage): stage is UnlockingStage {
  return stage.kind === 'unlock' || stage.kind === 'bucket-unlock';
}

/** Whether the backup is still looked at, and no key is meant to be opened yet. */
export function isBeforeUnlock(stage: Stage): stage is Extract<Stage, { readonly kind: 'load' | 'verify' }> {
  return stage.kind === 'load' || stage.kind === 'verify';
}

/** Whether the key is being rebuilt. */
export function isRebuilding(
  stage: Stage,
): stage is Extract<Stage, { readonly kind: 'reconstruct' }> & { readonly running: true } {
  return stage.kind === 'reconstruct' && stage.running;
}

/** The wallet that the path is about, from the moment one is chosen. */
export function chosenWallet({ stage }: SessionState): WalletView | undefined {
  return 'wallet' in stage ? stage.loaded.wallets.find(({ ref }) => ref === stage.wallet) : undefined;
}

const NOTHING: Loaded = { files: [], wallets: [], register: null, registerWarnings: [] };

/** Acting again takes the last fault off the screen. */
function moveTo(state: SessionState, stage: Stage): SessionState {
  return { ...state, stage, fault: null };
}

/** What was under way no longer is; where the path stands stays. */
function afterFailure(stage: Stage, fault: Fault): Stage {
  switch (stage.kind) {
    case 'load':
      return { ...stage, loading: false };
    case 'rehearsal':
      return { ...stage, making: false };
    case 'bucket-unlock':
      return { ...stage, opening: false };
    case 'unlock':
      return { ...stage, opening: false };
    case 'reconstruct': {
      // A token that failed has to be opened anew; what was loaded, verified and chosen stays.
      const { loaded, wallet, hsm } = stage;
      return ERROR_CODES[fault.code] === 'hsm'
        ? {
            kind: 'unlock',
            loaded,
            wallet,
            keyFile: null,
            hsm: hsm === null ? null : { ...hsm, keys: null },
            opening: false,
          }
        : { ...stage, running: false, decryptions: 0, rebuilt: [] };
    }
    case 'export':
      return { ...stage, draft: { ...stage.draft, writing: null } };
    case 'ceremony':
      return { ...stage, ceremony: ceremonyAfterFailure(stage.ceremony, fault) };
    case 'prepare':
    case 'register':
    case 'record-check':
    case 'verify':
    case 'addresses':
    case 'bucket':
    case 'done':
      return stage;
  }
}

function stageBefore(stage: Stage, mode: Mode | null): Stage {
  switch (stage.kind) {
    case 'bucket':
      return mode === 'drill' ? { kind: 'load', loaded: NOTHING, loading: false } : { kind: 'prepare' };
    case 'bucket-unlock':
      return { kind: 'bucket', bucket: stage.bucket };
    case 'prepare':
    case 'done':
      return stage;
    case 'load':
    case 'register':
    case 'record-check':
      return { kind: 'prepare' };
    case 'verify':
    case 'rehearsal':
      return { kind: 'load', loaded: stage.loaded, loading: false };
    case 'export':
      return { kind: 'addresses', loaded: stage.loaded, wallet: stage.wallet, recovered: stage.recovered };
    case 'unlock':
    case 'reconstruct':
    case 'addresses':
      return { kind: 'verify', loaded: stage.loaded, wallet: stage.wallet };
    case 'ceremony': {
      const ceremony = ceremonyBefore(stage.ceremony);
      return ceremony === null ? { kind: 'prepare' } : { ...stage, ceremony };
    }
  }
}

function hasWallet({ loaded }: { readonly loaded: Loaded }, wallet: WalletRef): boolean {
  return loaded.wallets.some(({ ref }) => ref === wallet);
}

function changeWallet(
  state: SessionState,
  ref: WalletRef,
  change: (wallet: WalletView) => WalletView,
): SessionState {
  const { stage } = state;
  if (!('loaded' in stage)) return state;
  const wallets = stage.loaded.wallets.map((wallet) => (wallet.ref === ref ? change(wallet) : wallet));
  return { ...state, stage: { ...stage, loaded: { ...stage.loaded, wallets } } };
}
