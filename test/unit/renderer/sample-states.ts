import { BACKUP_CHECKS, PLAYER_CHECKS, type CheckResult } from '../../../shared/checks.ts';
import type { CeremonyFiles, CeremonyShares, CeremonyView } from '../../../shared/ceremony.ts';
import type { ErrorCode } from '../../../shared/error-codes.ts';
import type { RecordView } from '../../../shared/record-view.ts';
import type {
  AirGap,
  Loaded,
  Mode,
  RecoveredView,
  SessionState,
  Stage,
  WalletRef,
  WalletView,
} from '../../../shared/session-state.ts';

const FINGERPRINT = '3f9c20b17d0e4a55c1b2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728';

export const CLOSED: AirGap = {
  interfaces: [
    { name: 'lo', up: true, loopback: true },
    { name: 'enp0s31f6', up: false, loopback: false },
    { name: 'wlp2s0', up: false, loopback: false },
  ],
  holds: true,
  overridden: false,
};

export const OPEN: AirGap = {
  interfaces: CLOSED.interfaces.map((each) => (each.name === 'wlp2s0' ? { ...each, up: true } : each)),
  holds: false,
  overridden: false,
};

export const ref = (name: string): WalletRef => name as WalletRef;

/** A good Palisade wallet of three players, with what a case changes. */
export function wallet(changes: Partial<WalletView> = {}): WalletView {
  return {
    ref: ref('wallet-0'),
    convention: 'palisade',
    keyId: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
    quorumId: '550e8400-e29b-41d4-a716-446655440000',
    keyAlgorithm: 'SECP256K1',
    curve: 'secp256k1',
    ersVersion: '3',
    sharing: 'shamir',
    threshold: 1,
    players: [0, 1, 2],
    files: ['/media/backup/bucket/6ba7b810-9dad-11d1-80b4-00c04fd430c8/recovery_shard-0.txt'],
    masterPublicKeyHex: '04' + '5a'.repeat(64),
    recoveryKeys: [FINGERPRINT],
    labelKnown: true,
    expectedAddress: '0xa198b9FFDEB57346aeBdA4D9335885430A72483e',
    verification: { kind: 'waiting' },
    ...changes,
  };
}

/** All results of a wallet of three players, in the order in which they are done. */
export function results(change: (result: CheckResult) => CheckResult = (same) => same): CheckResult[] {
  return [
    ...BACKUP_CHECKS.slice(0, 3).map((check) => ({ player: null, check, outcome: 'passed' as const })),
    ...[0, 1, 2].flatMap((player) =>
      PLAYER_CHECKS.map((check) => ({ player, check, outcome: 'passed' as const })),
    ),
    { player: null, check: 'sharing' as const, outcome: 'passed' as const },
  ].map(change);
}

export const VALID: WalletView['verification'] = {
  kind: 'judged',
  results: results(),
  verdict: 'valid',
  fault: null,
};

export const RUNNING: WalletView['verification'] = { kind: 'running', results: results().slice(0, 11) };

export const WRONG_LABEL: WalletView['verification'] = {
  kind: 'judged',
  results: results((result) =>
    result.check === 'openings'
      ? { ...result, outcome: 'failed', code: 'proof.opening-rejected', index: 3 }
      : result.check === 'values' || result.check === 'sharing'
        ? { ...result, outcome: 'not-reached' }
        : result,
  ),
  verdict: 'invalid',
  fault: { code: 'label.mismatch', details: { player: 0, index: 3 } },
};

export const DAMAGED: WalletView['verification'] = {
  kind: 'judged',
  results: results((result) =>
    result.player === 1 && result.check === 'openings'
      ? { ...result, outcome: 'failed', code: 'proof.opening-rejected', index: 17 }
      : result.player === 1 && result.check === 'values'
        ? { ...result, outcome: 'not-reached' }
        : result,
  ),
  verdict: 'invalid',
  fault: { code: 'proof.opening-rejected', details: { player: 1, index: 17 } },
};

export const NO_LABEL: WalletView['verification'] = {
  kind: 'judged',
  results: results((result) =>
    result.check === 'openings' ? { ...result, outcome: 'not-checked', code: 'label.unknown' } : result,
  ),
  verdict: 'unverifiable',
  fault: { code: 'label.unknown', details: {} },
};

/** What was loaded: the given wallets, and files of every kind. */
export function loaded(wallets: readonly WalletView[], faults: readonly ErrorCode[] = []): Loaded {
  return {
    files: [
      ...wallets.flatMap(({ files }) =>
        files.map((file) => ({ file, kind: 'kit' as const, fault: null, digest: null })),
      ),
      ...faults.map((code, i) => {
        const file = `/media/backup/bucket/old/recovery_shard-${i}.txt`;
        return { file, kind: 'fault' as const, fault: { code, details: { file } }, digest: null };
      }),
    ],
    wallets,
    register: '/media/backup/register.csv',
    registerWarnings: [],
  };
}

/** Many wallets, for a long list. */
export function bucket(count: number): readonly WalletView[] {
  const states = [VALID, { kind: 'waiting' }, VALID, DAMAGED, NO_LABEL, RUNNING] as const;
  return Array.from({ length: count }, (_, i) => {
    const hex = (i * 2654435761).toString(16).padStart(8, '0').slice(-8);
    return wallet({
      ref: ref(`wallet-${i}`),
      keyId: `${hex}-9dad-4dd1-80b4-00c04fd430c8`,
      keyAlgorithm: i % 3 === 1 ? 'ED25519' : 'SECP256K1',
      curve: i % 3 === 1 ? 'ED-25519' : 'secp256k1',
      files: [`/media/backup/bucket/${hex}/recovery_shard-0.txt`],
      ...(i % 5 === 2 ? { quorumId: null, labelKnown: false, expectedAddress: null } : {}),
      verification: states[i % states.length]!,
    });
  });
}

export const RECOVERED: RecoveredView = {
  path: 'm/0',
  publicKeyHex: '0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798',
  hasChainCode: true,
  publicKeyMatches: true,
  addresses: [
    ['ethereum', 'Ethereum and EVM chains', 'EIP-55', '0xa198b9FFDEB57346aeBdA4D9335885430A72483e'],
    ['xrp', 'XRP Ledger', 'classic', 'r2vHAUM2yQXsT1D2dzAtAvsDuhLXwqsbn'],
    ['bitcoinMainnet', 'Bitcoin mainnet', 'P2WPKH', 'bc1qqe4rvmmg47usk9faffdaklfrqzefzr808yrpxc'],
    [
      'bitcoinMainnetP2tr',
      'Bitcoin mainnet',
      'P2TR',
      'bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr',
    ],
    ['bitcoinMainnetP2pkh', 'Bitcoin mainnet', 'P2PKH', '1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH'],
    ['tron', 'Tron', 'base58check', 'TRgoc8Fh3dWqSAcS4DYhbaFyUCMvHzWqkA'],
  ].map(([name, chain, format, address]) => ({
    name: name!,
    chain: chain!,
    format: format!,
    address: address!,
    registered: name === 'ethereum',
  })),
  comparison: 'matched',
  expectedAddress: '0xa198b9FFDEB57346aeBdA4D9335885430A72483e',
  warnings: [],
  keySource: { kind: 'file', mechanism: 'software' },
};

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
