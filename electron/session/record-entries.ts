import { recordableName } from '../record/recordable.ts';
import { ERROR_CODES } from '../../shared/error-codes.ts';
import type { RecordBodies, RecordEntryBody, RecordStage } from '../../shared/record.ts';
import type { Fault } from '../../shared/recovery-error.ts';
import { EXPECTED_CODES, type RehearsalPlan } from '../../shared/rehearsal.ts';
import type {
  AirGap,
  FileView,
  RecoveredView,
  SessionState,
  Stage,
  WalletView,
} from '../../shared/session-state.ts';
import { recordStageOfCeremony } from './ceremony/ceremony-entries.ts';

/** What a session's events and states are as entries of its record. All pure; source: docs/record.md, "Entries". */

/** The step that a stage is counted under, for its time. */
export function recordStageOf(stage: Stage): RecordStage {
  switch (stage.kind) {
    case 'rehearsal':
      return 'load';
    case 'bucket':
      return 'verify';
    case 'bucket-unlock':
      return 'unlock';
    case 'register':
    case 'record-check':
      return 'prepare';
    case 'done':
      return 'finish';
    case 'prepare':
    case 'load':
    case 'verify':
    case 'unlock':
    case 'reconstruct':
    case 'addresses':
    case 'export':
      return stage.kind;
    case 'ceremony':
      return recordStageOfCeremony(stage.ceremony);
  }
}

export function airGapEntry({ interfaces, holds, overridden }: AirGap): RecordEntryBody {
  return {
    kind: 'air-gap',
    interfaces: interfaces.map(({ name, up, loopback }) => ({ name, up, loopback })),
    holds,
    overridden,
  };
}

/** An input file by its name; of its path no more than the key id that its folder is named after. */
export function fileEntry({
  file,
  kind,
  digest,
}: Pick<FileView, 'file' | 'kind' | 'digest'>): RecordEntryBody | undefined {
  if (digest === null || kind === 'other' || kind === 'fault') return undefined;
  return {
    kind: 'file',
    name: recordableName(file),
    what: kind,
    sizeBytes: digest.sizeBytes,
    sha256: digest.sha256Hex,
  };
}

export function walletEntry(wallet: WalletView): RecordEntryBody {
  const { keyId, quorumId, keyAlgorithm, curve, players, threshold, recoveryKeys, expectedAddress } = wallet;
  return {
    kind: 'wallet',
    keyId,
    quorumId,
    keyAlgorithm,
    curve,
    players,
    threshold,
    masterPublicKeyHex: wallet.masterPublicKeyHex,
    recoveryKeys,
    expectedAddress,
  };
}

export function verifiedEntry(wallet: WalletView, durationMs: number): RecordEntryBody | undefined {
  const { verification, keyId, files } = wallet;
  if (verification.kind !== 'judged') return undefined;
  return {
    kind: 'verified',
    keyId,
    files: files.map(recordableName),
    verdict: verification.verdict,
    code: verification.fault?.code ?? null,
    checks: verification.results.map(({ player, check, outcome, code }) => ({
      player,
      check,
      outcome,
      code: code ?? null,
    })),
    durationMs,
  };
}

export function recoveredEntry(
  recovered: RecoveredView,
  keyId: string | null,
  durationMs: number,
): RecordEntryBody {
  return {
    kind: 'recovered',
    keyId,
    path: recovered.path,
    publicKeyHex: recovered.publicKeyHex,
    comparison: recovered.comparison,
    expectedAddress: recovered.expectedAddress,
    addresses: recovered.addresses.map(({ name, chain, format, address }) => ({
      name,
      chain,
      format,
      address,
    })),
    durationMs,
  };
}

/** How a drill on wallets that were made for it ended. */
export function rehearsedEntry(plan: RehearsalPlan, asExpected: boolean): RecordEntryBody {
  const { players, threshold, keyAlgorithms, recoveryKeys, fault } = plan;
  return {
    kind: 'drill',
    source: 'synthetic',
    players,
    threshold,
    algorithms: keyAlgorithms,
    recoveryKeys,
    fault: fault === 'none' ? null : fault,
    outcome: asExpected ? 'as-expected' : 'not-as-expected',
  };
}

/** How a drill ended: on files that were made for it, or on the custodian's own. */
export function drillEntry(
  state: SessionState,
  seen: {
    readonly codes: ReadonlySet<string>;
    readonly matched: number;
    readonly wallet: WalletView | undefined;
  },
): RecordEntryBody | undefined {
  const { rehearsal } = state;
  if (rehearsal !== null) {
    const expected = EXPECTED_CODES[rehearsal.fault];
    return rehearsedEntry(rehearsal, expected === null ? seen.matched > 0 : seen.codes.has(expected));
  }
  const { wallet } = seen;
  if (wallet === undefined) return undefined;
  return {
    kind: 'drill',
    source: 'sandbox',
    players: wallet.players.length,
    threshold: wallet.threshold,
    algorithms: wallet.keyAlgorithm === null ? [] : [wallet.keyAlgorithm],
    recoveryKeys: wallet.recoveryKeys.length,
    fault: null,
    outcome: seen.matched > 0 ? 'as-expected' : 'not-as-expected',
  };
}

/** Whether a fault is worth an entry: a slip on a screen is none. */
export function isRecorded({ code }: Fault): boolean {
  return ERROR_CODES[code] !== 'usage';
}

/** What is said at the start of every record. */
export type Opening = Omit<RecordBodies['opened'], 'mode'>;
