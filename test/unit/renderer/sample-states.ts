import type { CeremonyFiles, CeremonyShares, CeremonyView } from '../../../shared/ceremony.ts';
import type { RecordView } from '../../../shared/record-view.ts';
import type {
  Loaded,
  Mode,
  RecoveredView,
  SessionState,
  Stage,
  WalletView,
} from '../../../shared/session-state.ts';

import {
  CLOSED,
  DAMAGED,
  FINGERPRINT,
  NO_LABEL,
  OPEN,
  RECOVERED,
  RUNNING,
  VALID,
  WRONG_LABEL,
  bucket,
  loaded,
  ref,
  wallet,
} from './sample-parts.ts';

/** A record under way. */
export const SAMPLE_RECORD: RecordView = {
  entries: 14,
  headHex: '3f9c20b17d0e4a55c1b2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728',
  headWords:
    'cowbell opulent blackjack performance klaxon atmosphere dogsled equipment snapshot pioneer'.split(' '),
  closed: false,
  kept: null,
  stages: [{ stage: 'verify', durationMs: 61_000 }],
  saved: [],
  signingKey: null,
};

/** A session in a stage. */
export function session(mode: Mode | null, stage: Stage, rest: Partial<SessionState> = {}): SessionState {
  return {
    mode,
    stage,
    airGap: CLOSED,
    machine: null,
    unfinished: [],
    rehearsal: null,
    record: SAMPLE_RECORD,
    outputs: [],
    written: [],
    fault: null,
    ...rest,
  };
}

const one = (verification: WalletView['verification'], changes: Partial<WalletView> = {}): Loaded =>
  loaded([wallet({ verification, ...changes })]);

const verify = (verification: WalletView['verification'], changes: Partial<WalletView> = {}): Stage => ({
  kind: 'verify',
  loaded: one(verification, changes),
  wallet: ref('wallet-0'),
});

const unlock = (changes: Partial<Extract<Stage, { kind: 'unlock' }>> = {}): Stage => ({
  kind: 'unlock',
  loaded: one(VALID),
  wallet: ref('wallet-0'),
  keyFile: null,
  hsm: null,
  opening: false,
  ...changes,
});

const reconstruct = (rebuilt: readonly number[], running: boolean): Stage => ({
  kind: 'reconstruct',
  loaded: one(VALID),
  wallet: ref('wallet-0'),
  hsm: null,
  decryptions: 0,
  rebuilt,
  running,
});

const addresses = (changes: Partial<RecoveredView> = {}): Stage => ({
  kind: 'addresses',
  loaded: one(VALID),
  wallet: ref('wallet-0'),
  recovered: { ...RECOVERED, ...changes },
});

const KEY_FILE = { file: '/media/key/recovery-2024.p8', kind: 'encrypted-pkcs8-pem', needsPassword: true };

const ceremony = (view: CeremonyView): Stage => ({ kind: 'ceremony', ceremony: view });

const PEOPLE: CeremonyView['people'] = [
  { name: 'Ann', role: 'operator' },
  { name: 'Bob', role: 'witness' },
];

const CEREMONY_KEY = {
  bits: 4096,
  fingerprintHex: FINGERPRINT,
  fingerprintWords: ['cowbell', 'opulent'],
  confirmedBy: ['Bob'],
};

const CEREMONY_FILES: CeremonyFiles = {
  privateKey: { file: '/media/usb/key/recovery-private-key.pke1', bytes: 4746, sha256Hex: null },
  publicKeys: [
    {
      ...{ file: '/media/usb/key/recovery-public-key.der', bytes: 550, sha256Hex: FINGERPRINT },
      ...{ form: 'der', products: ['Palisade'] },
    },
  ],
  passwordIsNfc: false,
};

const CEREMONY_SHARES: CeremonyShares = {
  ...{ what: 'password', needed: 2, custodians: ['Cid', 'Dan', 'Eve'], set: 'QPZR-Y9X8' },
  pages: [1, 2, 3].map((i) => ({ file: `/media/usb/pages/share-${i}.html`, bytes: 9000, sha256Hex: null })),
  combined: null,
  failed: false,
};

/** One session for each thing a screen can look like, by a short name. */
export const SAMPLES: Readonly<Record<string, SessionState>> = {
  prepare: session(null, { kind: 'prepare' }),
  'prepare-open': session('live', { kind: 'prepare' }, { airGap: OPEN }),
  'prepare-unfinished': session(
    null,
    { kind: 'prepare' },
    { unfinished: ['/media/usb/.breakglass-part-0123456789abcdef'] },
  ),
  'load-empty': session('drill', {
    kind: 'load',
    loaded: { files: [], wallets: [], register: null, registerWarnings: [] },
    loading: false,
  }),
  'load-one': session('live', {
    kind: 'load',
    loaded: loaded([wallet({ quorumId: null, labelKnown: false })]),
    loading: false,
  }),
  'load-known': session('live', { kind: 'load', loaded: loaded([wallet()]), loading: false }),
  'load-many': session('drill', {
    kind: 'load',
    loaded: loaded(bucket(2000), [
      'kit.truncated',
      'json.malformed',
      'kit.pdkls23',
      'file.empty',
      'register.malformed',
    ]),
    loading: false,
  }),
  'verify-waiting': session('drill', verify({ kind: 'waiting' })),
  'verify-running': session('drill', verify(RUNNING)),
  'verify-good': session('live', verify(VALID)),
  'verify-label': session('live', verify(WRONG_LABEL)),
  'verify-damaged': session('drill', verify(DAMAGED)),
  'verify-unknown': session('drill', verify(NO_LABEL, { labelKnown: false, quorumId: null })),
  'unlock-none': session('drill', unlock()),
  'unlock-file': session('live', unlock({ keyFile: KEY_FILE })),
  'unlock-wrong': session('live', unlock({ keyFile: KEY_FILE }), {
    fault: { code: 'password.wrong', details: { file: KEY_FILE.file } },
  }),
  'unlock-blocked': session('live', unlock(), { airGap: OPEN }),
  'reconstruct-ready': session('live', reconstruct([], false)),
  'reconstruct-running': session('drill', reconstruct([0], true)),
  'reconstruct-failed': session('live', reconstruct([0], false), {
    fault: { code: 'share.rejected', details: { player: 1 } },
  }),
  'addresses-matched': session('live', addresses()),
  'addresses-mismatched': session(
    'live',
    addresses({ comparison: 'mismatched', expectedAddress: '0x52908400098527886E0F7030069857D2E4169EE7' }),
  ),
  'addresses-drill': session(
    'drill',
    addresses({
      comparison: 'not-given',
      expectedAddress: null,
      warnings: [{ code: 'rsa-key.small', details: { bits: 1024 } }],
    }),
  ),
  'ceremony-people': session('ceremony', ceremony({ step: 'people', people: [] })),
  'ceremony-randomness': session(
    'ceremony',
    ceremony({
      ...{ step: 'randomness', people: PEOPLE },
      typed: { count: 60, entropyBits: 155, isUneven: true },
    }),
  ),
  'ceremony-blocked': session('ceremony', ceremony({ step: 'randomness', people: PEOPLE, typed: null }), {
    airGap: OPEN,
  }),
  'ceremony-make': session(
    'ceremony',
    ceremony({
      ...{ step: 'key', people: PEOPLE, key: null, making: false },
      dice: { count: 100, entropyBits: 258, isUneven: false },
    }),
  ),
  'ceremony-witness': session(
    'ceremony',
    ceremony({
      ...{ step: 'key', people: PEOPLE, dice: null, making: false },
      key: { ...CEREMONY_KEY, confirmedBy: [] },
    }),
  ),
  'ceremony-files': session(
    'ceremony',
    ceremony({
      ...{ step: 'files', people: PEOPLE, key: CEREMONY_KEY, rating: { score: 1, advice: [] } },
      ...{ folder: '/media/usb/key', working: null },
    }),
  ),
  'ceremony-files-work': session(
    'ceremony',
    ceremony({
      ...{ step: 'shares', people: PEOPLE, key: CEREMONY_KEY, files: CEREMONY_FILES },
      ...{ folder: null, shares: null, givenUp: [], working: null },
    }),
  ),
  'ceremony-print': session(
    'ceremony',
    ceremony({
      ...{ step: 'shares', people: PEOPLE, key: CEREMONY_KEY, files: CEREMONY_FILES },
      ...{ folder: '/media/usb/pages', shares: CEREMONY_SHARES, givenUp: [], working: null },
    }),
  ),
  'ceremony-failed': session(
    'ceremony',
    ceremony({
      ...{ step: 'shares', people: PEOPLE, key: CEREMONY_KEY, files: CEREMONY_FILES },
      ...{ folder: null, shares: { ...CEREMONY_SHARES, failed: true }, givenUp: [], working: null },
    }),
    { fault: { code: 'custodian-share.do-not-combine', details: {} } },
  ),
  'ceremony-again': session(
    'ceremony',
    ceremony({
      ...{ step: 'shares', people: PEOPLE, key: CEREMONY_KEY, files: CEREMONY_FILES },
      ...{ folder: null, shares: { ...CEREMONY_SHARES, set: '8GF2-TVDW' }, working: null },
      givenUp: [{ ...CEREMONY_SHARES, failed: true }],
    }),
  ),
  'ceremony-agree': session(
    'ceremony',
    ceremony({
      ...{ step: 'agree', people: PEOPLE, key: CEREMONY_KEY, files: CEREMONY_FILES },
      ...{ shares: { ...CEREMONY_SHARES, combined: [1, 3] }, givenUp: [], agreed: ['Ann'] },
    }),
  ),
  'done-ceremony': session('ceremony', {
    ...{ kind: 'done', reason: 'idle' },
    left: { kind: 'ceremony', step: 'key' },
  }),
  'done-drill': session('drill', { kind: 'done', reason: 'user', left: { kind: 'addresses' } }),
  'done-idle': session('live', { kind: 'done', reason: 'idle', left: { kind: 'verify' } }),
};
