import { EMPTY_BUCKET } from '../../../shared/bucket-desk.ts';
import type { CheckResult } from '../../../shared/checks.ts';
import type { ExportDraft, FileOutput } from '../../../shared/export-state.ts';
import type { RecordCheckView } from '../../../shared/record-check.ts';
import { NO_RECORD } from '../../../shared/record-view.ts';
import type { OpenRegister } from '../../../shared/register-desk.ts';
import type {
  Loaded,
  RecoveredView,
  SessionState,
  Stage,
  WalletRef,
  WalletView,
} from '../../../shared/session-state.ts';
import type { SessionEvent } from '../../../electron/session/session-event.ts';

/** The wallets of the samples, and one that no sample has. */
export const [REF, OTHER_REF, UNKNOWN_REF] = ['a', 'b', 'unknown'] as unknown as readonly [
  WalletRef,
  WalletRef,
  WalletRef,
];

/** One result of a check. */
export const RESULT: CheckResult = { player: 0, check: 'shape', outcome: 'passed' };

/** A fault that a session may show. */
export const FAULT = { code: 'password.wrong', details: { file: 'key.der' } } as const;

/** A wallet as a session may show it. */
export function walletView(ref: WalletRef, more: Partial<WalletView> = {}): WalletView {
  return {
    ref,
    convention: 'palisade',
    keyId: null,
    quorumId: null,
    keyAlgorithm: 'SECP256K1',
    curve: 'secp256k1',
    ersVersion: '3',
    sharing: 'shamir',
    threshold: 1,
    players: [0, 1, 2],
    files: ['recovery_shard-0.txt'],
    masterPublicKeyHex: '02',
    recoveryKeys: [],
    labelKnown: false,
    expectedAddress: null,
    verification: { kind: 'running', results: [] },
    ...more,
  };
}

export const LOADED: Loaded = {
  files: [
    {
      file: 'recovery_shard-0.txt',
      kind: 'kit',
      fault: null,
      digest: { sizeBytes: 1, sha256Hex: '00'.repeat(32) },
    },
  ],
  wallets: [walletView(REF), walletView(OTHER_REF, { verification: { kind: 'waiting' } })],
  register: null,
  registerWarnings: [],
};

/** What a recovered wallet may look like. */
export const RECOVERED: RecoveredView = {
  path: 'm/0',
  publicKeyHex: '02',
  hasChainCode: true,
  publicKeyMatches: true,
  addresses: [],
  comparison: 'not-given',
  expectedAddress: null,
  warnings: [],
  keySource: { kind: 'file', mechanism: 'software' },
};

/** An export on which somebody has begun, and which lets nothing out yet. */
export const DRAFT: ExportDraft = {
  people: { operator: 'Ann', secondPerson: 'Bob', confirmed: false },
  typedAddress: null,
  acknowledged: [],
  acceptedInTheClear: [],
  format: 'hex',
  destination: '/media/usb/key.hex',
  rating: null,
  writing: null,
};

/** A file that a key was written to. */
export const FILE_OUTPUT: FileOutput = {
  kind: 'file',
  file: '/media/usb/key.pke1',
  format: 'pke1',
  sha256Hex: '00',
  bytes: 80,
  path: 'm/0',
  passwordIsNfc: true,
};

/** A register on the desk. */
export const OPEN_REGISTER: OpenRegister = {
  file: '/media/backup/register.csv',
  unsaved: false,
  total: 0,
  filter: '',
  found: 0,
  page: 0,
  rows: [],
  warnings: [],
  removed: null,
  comparison: { kind: 'none' },
};

/** A record that was checked. */
export const RECORD_CHECK: RecordCheckView = {
  file: '/media/backup/record.json',
  signatures: [],
  publicKeys: [],
  headTyped: false,
  sound: false,
  checks: [],
  headHex: null,
  headWords: [],
  summary: null,
  pages: [],
};

/** Every stage, in the order of the path. */
export const STAGES: readonly Stage[] = [
  { kind: 'prepare' },
  { kind: 'register', open: null },
  { kind: 'record-check', check: null },
  { kind: 'load', loaded: LOADED, loading: false },
  { kind: 'verify', loaded: LOADED, wallet: REF },
  { kind: 'rehearsal', loaded: LOADED, making: false },
  { kind: 'bucket', bucket: EMPTY_BUCKET },
  { kind: 'bucket-unlock', bucket: EMPTY_BUCKET, keyFile: null, hsm: null, opening: false },
  { kind: 'unlock', loaded: LOADED, wallet: REF, keyFile: null, hsm: null, opening: false },
  { kind: 'reconstruct', loaded: LOADED, wallet: REF, hsm: null, decryptions: 0, rebuilt: [], running: true },
  { kind: 'addresses', loaded: LOADED, wallet: REF, recovered: RECOVERED },
  { kind: 'export', loaded: LOADED, wallet: REF, recovered: RECOVERED, draft: DRAFT },
  {
    kind: 'ceremony',
    ceremony: { step: 'randomness', people: [{ name: 'Ann', role: 'operator' }], typed: null },
  },
  { kind: 'done', reason: 'user', left: { kind: 'addresses' } },
];

/** The stage of a kind. */
export function stage<Kind extends Stage['kind']>(kind: Kind): Extract<Stage, { kind: Kind }> {
  return STAGES.find((one) => one.kind === kind) as Extract<Stage, { kind: Kind }>;
}

/** A session at a stage, with a fault on the screen and an override in force. */
export function stateAt(at: Stage): SessionState {
  return {
    mode: at.kind === 'prepare' ? null : 'live',
    airGap: {
      interfaces: [{ name: 'eth0', up: true, loopback: false }],
      holds: false,
      overridden: true,
    },
    stage: at,
    machine: null,
    unfinished: [],
    rehearsal: null,
    record: NO_RECORD,
    outputs: [],
    written: [],
    fault: { code: 'file.not-found', details: {} },
  };
}

/** One event of each kind, all about the same wallet. */
export const EVENTS: { readonly [Kind in SessionEvent['kind']]: Extract<SessionEvent, { kind: Kind }> } = {
  'mode-chosen': { kind: 'mode-chosen', mode: 'drill', people: [] },
  'air-gap-changed': { kind: 'air-gap-changed', airGap: { interfaces: [], holds: true } },
  'machine-changed': { kind: 'machine-changed', machine: { appNetwork: 'none', memoryRisks: [] } },
  'air-gap-overridden': { kind: 'air-gap-overridden' },
  'unfinished-found': { kind: 'unfinished-found', files: ['/media/usb/.breakglass-part-00'] },
  'bucket-begun': { kind: 'bucket-begun', bucket: { ...EMPTY_BUCKET, paths: ['/media/b'] } },
  'bucket-changed': { kind: 'bucket-changed', bucket: { ...EMPTY_BUCKET, register: 'r.csv' } },
  'results-kept': { kind: 'results-kept', file: '/media/usb/results.verify' },
  'bucket-unlock-begun': { kind: 'bucket-unlock-begun' },
  'rehearsal-begun': { kind: 'rehearsal-begun' },
  'rehearsal-making': { kind: 'rehearsal-making' },
  'rehearsal-made': {
    kind: 'rehearsal-made',
    rehearsal: {
      players: 3,
      threshold: 1,
      keyAlgorithms: ['ED25519'],
      recoveryKeys: 1,
      fault: 'none',
      folder: '/home/x/drill',
      keyFiles: ['recovery-0.private.der'],
    },
  },
  loading: { kind: 'loading' },
  loaded: {
    kind: 'loaded',
    files: [],
    wallets: [walletView(REF)],
    register: 'register.csv',
    registerWarnings: [],
  },
  'wallet-chosen': { kind: 'wallet-chosen', wallet: REF },
  'wallet-described': {
    kind: 'wallet-described',
    wallet: walletView(REF, { labelKnown: true, verification: { kind: 'waiting' } }),
  },
  'verification-changed': {
    kind: 'verification-changed',
    wallet: REF,
    verification: { kind: 'judged', results: [RESULT], verdict: 'valid', fault: null },
  },
  'check-done': { kind: 'check-done', wallet: REF, result: RESULT },
  'unlock-begun': { kind: 'unlock-begun' },
  'key-file-chosen': {
    kind: 'key-file-chosen',
    keyFile: { file: 'key.der', kind: 'pkcs8-der', needsPassword: false },
  },
  'hsm-changed': { kind: 'hsm-changed', hsm: { offered: [], module: null, tokens: null, keys: null } },
  'key-opening': { kind: 'key-opening' },
  'key-opened': { kind: 'key-opened', place: 'file', fingerprintHex: '00'.repeat(32) },
  'reconstruction-started': { kind: 'reconstruction-started' },
  'decryption-begun': { kind: 'decryption-begun' },
  'share-rebuilt': { kind: 'share-rebuilt', player: 2 },
  recovered: { kind: 'recovered', recovered: { ...RECOVERED, path: 'm/7' } },
  'export-begun': { kind: 'export-begun' },
  'address-typed': { kind: 'address-typed', address: '02' },
  'people-named': { kind: 'people-named', operator: 'Cid', secondPerson: 'Dan' },
  'second-person-agreed': { kind: 'second-person-agreed' },
  acknowledged: { kind: 'acknowledged', what: 'no-expected-address' },
  'in-the-clear-accepted': { kind: 'in-the-clear-accepted', what: 'hex' },
  'format-chosen': { kind: 'format-chosen', format: 'pke1' },
  'destination-chosen': { kind: 'destination-chosen', destination: '/media/usb/other' },
  'password-rated': { kind: 'password-rated', rating: { score: 3, advice: [] } },
  writing: { kind: 'writing', step: 'encoding' },
  written: { kind: 'written', output: FILE_OUTPUT },
  revealed: { kind: 'revealed', output: { kind: 'shown', path: 'm/0' } },
  'register-begun': { kind: 'register-begun' },
  'register-changed': { kind: 'register-changed', open: OPEN_REGISTER },
  'record-check-begun': { kind: 'record-check-begun' },
  'record-checked': { kind: 'record-checked', check: RECORD_CHECK },
  ceremony: {
    kind: 'ceremony',
    event: { kind: 'dice-typed', dice: { count: 3, entropyBits: 7, isUneven: false } },
  },
  failed: { kind: 'failed', fault: FAULT },
  'stepped-back': { kind: 'stepped-back' },
  ended: { kind: 'ended', reason: 'idle', secretsWiped: true, hsmClosed: null },
};

/** A reducer that changed what it was given would throw. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(deepFreeze);
  }
  return value;
}
