import { BACKUP_CHECKS, PLAYER_CHECKS, type CheckResult } from '../../../shared/checks.ts';
import type { ErrorCode } from '../../../shared/error-codes.ts';
import type { AirGap, Loaded, RecoveredView, WalletRef, WalletView } from '../../../shared/session-state.ts';

export const FINGERPRINT = '3f9c20b17d0e4a55c1b2d3e4f5061728394a5b6c7d8e9fa0b1c2d3e4f5061728';

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
