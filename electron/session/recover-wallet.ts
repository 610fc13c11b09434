import { faultDetails, type CheckResult } from '../../shared/checks.ts';
import { curveOfAlgorithm, type KeyAlgorithm } from '../../shared/key-algorithm.ts';
import type { KeySource } from '../../shared/key-source.ts';
import { RecoveryError, type Fault } from '../../shared/recovery-error.ts';
import type { Warning, WarningCode } from '../../shared/warning.ts';
import type { NamedAddress } from '../engine/address/addresses.ts';
import { findAddress } from '../engine/address/same-address.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import { chainCodeFromSeed } from '../engine/derive/chain-code-seed.ts';
import type { DerivationPath } from '../engine/derive/path.ts';
import type { ExportKey } from '../engine/encode/export-key.ts';
import { algorithmOf } from '../engine/ers/algorithm.ts';
import { summarize } from '../engine/ers/backup.ts';
import { reconstruct, type RecoveredKey } from '../engine/ers/reconstruct.ts';
import type { Wallet, WalletCopy } from '../engine/kit/wallet.ts';
import { walletPathOf } from '../engine/kit/wallet-path.ts';
import type { ProofPool } from '../proof-pool/pool.ts';
import type { Label } from './label.ts';
import type { RecoveryKey } from './recovery-key.ts';
import { copyFor } from './unlock.ts';
import { verifyCopy, type CopyReport } from './verify-wallet.ts';
import {
  addressesFor,
  walletKeyOf,
  usableChainCode,
  warnOfOtherWalletKey,
  type WalletKey,
} from './wallet-key.ts';

/** What recovery is given besides the wallet. */
export interface RecoverOptions {
  /** Opened; stays the caller's to close. */
  readonly recoveryKey: RecoveryKey;
  readonly label: Label;
  /** Where the wallet's key is below the master key; undefined for the wallet's own rule. */
  readonly path: DerivationPath | undefined;
  /** What the user or the register says of a kit that does not say it itself. */
  readonly keyAlgorithm: KeyAlgorithm | undefined;
  /** An address that the wallet is known to have. */
  readonly expectedAddress: string | undefined;
  /** True to read an old backup's chain code as the seed of one. */
  readonly chainCodeIsSeed: boolean;
  readonly randomBytes: RandomBytes;
  /** Threads for the proof; without them it is checked here. */
  readonly proofs?: ProofPool;
  readonly onCheck: (result: CheckResult) => void;
  readonly onShare: (player: number) => void;
}

/** A recovered wallet. The caller owns the secrets and wipes them with `wipeRecovered`. */
export interface RecoveredWallet {
  readonly kind: 'recovered';
  readonly report: CopyReport;
  readonly master: RecoveredKey;
  readonly key: WalletKey;
  readonly addresses: readonly NamedAddress[];
  /** The address that the expected one equals; undefined when none does or none was expected. */
  readonly matchingAddress: NamedAddress | undefined;
  readonly warnings: readonly Warning[];
  /** Where the recovery key was, and how it decrypted. */
  readonly keySource: KeySource;
}

/** A backup whose proof does not hold; nothing was decrypted. */
export interface RefusedWallet {
  readonly kind: 'refused';
  readonly report: CopyReport;
  readonly fault: Fault;
}

/**
 * Verifies a wallet's backup, rebuilds its key and derives its addresses. A backup that carries no proof is
 * recovered all the same, with a warning; one whose proof does not hold is not touched.
 * Fails with what `copyFor`, `reconstruct`, `walletKeyOf` and the recovery key fail with, with `label.missing`,
 * `label.mismatch` and `kit.key-algorithm-mismatch`.
 */
export async function recoverWallet(
  wallet: Wallet,
  options: RecoverOptions,
): Promise<RecoveredWallet | RefusedWallet> {
  const { recoveryKey, label } = options;
  if (label.bytes === undefined) throw new RecoveryError('label.missing');
  checkAlgorithm(wallet, options.keyAlgorithm);
  const copy = copyFor(wallet, recoveryKey.publicKey);
  const report = await verifyCopy(wallet, copy, { ...options, ersPublicKey: recoveryKey.publicKey });
  return recoverVerified(wallet, report, options);
}

/**
 * The same for a copy that was verified already, as `copyFor` chooses it.
 * Fails with what `recoverWallet` fails with.
 * @param report of the copy that the recovery key opens
 */
export async function recoverVerified(
  wallet: Wallet,
  report: CopyReport,
  options: Omit<RecoverOptions, 'randomBytes' | 'proofs' | 'onCheck'>,
): Promise<RecoveredWallet | RefusedWallet> {
  const { recoveryKey, label } = options;
  if (label.bytes === undefined) throw new RecoveryError('label.missing');
  checkAlgorithm(wallet, options.keyAlgorithm);
  const { copy, verdict } = report;
  if (verdict.kind === 'invalid') {
    const fault =
      verdict.code === 'label.mismatch' && (await labelOrKey(copy, recoveryKey)) === 'key'
        ? wrongKey(recoveryKey)
        : new RecoveryError(verdict.code, faultDetails(verdict.because));
    return { kind: 'refused', report, fault: fault.toFault() };
  }
  const master = await reconstructMaster(copy, label.bytes, options);
  try {
    return describeRecovery(wallet, report, master, options);
  } catch (error) {
    wipeMaster(master);
    throw error;
  }
}

/** Wipes the secrets of a recovered wallet. */
export function wipeRecovered({ key, master }: RecoveredWallet): void {
  key.privateKey.wipe();
  wipeMaster(master);
}

/**
 * The chain code that an extended key may carry. None for BIP-340, whose children are derived in another way than
 * wallets derive those of an xprv: they would open other, empty wallets.
 */
export function exportableChainCode({
  master,
  report,
}: Pick<RecoveredWallet, 'master' | 'report'>): SecretBytes | undefined {
  return algorithmOf(report.copy.backup) === 'BIP-340' ? undefined : usableChainCode(master);
}

/** The key as a format writes it; the secrets stay the recovery's own. */
export function exportKeyOf({ key, master, report }: RecoveredWallet): ExportKey {
  const { curve, publicKey, privateKey } = key;
  return {
    curve,
    publicKey,
    privateKey,
    master: { ...master, chainCode: exportableChainCode({ master, report }) },
  };
}

function wipeMaster({ privateKey, chainCode }: RecoveredKey): void {
  privateKey.wipe();
  chainCode?.wipe();
}

/** Where a kit does not name its algorithm the user does, and SECP256K1 is meant by saying nothing. */
function checkAlgorithm(wallet: Wallet, said: KeyAlgorithm | undefined): void {
  const { curve } = summarize(wallet.copies[0].backup);
  const meant =
    said ?? (wallet.convention === 'palisade' && !wallet.statesAlgorithm ? 'SECP256K1' : undefined);
  if (meant !== undefined && curveOfAlgorithm(meant) !== curve) {
    throw new RecoveryError('kit.key-algorithm-mismatch', { stated: meant, curve });
  }
}

async function reconstructMaster(
  copy: WalletCopy,
  label: Uint8Array,
  {
    recoveryKey,
    onShare,
    chainCodeIsSeed,
  }: Pick<RecoverOptions, 'recoveryKey' | 'onShare' | 'chainCodeIsSeed'>,
): Promise<RecoveredKey> {
  let master: RecoveredKey;
  try {
    master = await reconstruct(copy.backup, recoveryKey.decryptor(label), onShare);
  } catch (error) {
    const unreadable = error instanceof RecoveryError && error.code === 'decryption.failed';
    if (!unreadable) throw error;
    const wrong = await labelOrKey(copy, recoveryKey);
    throw wrong === 'key' ? wrongKey(recoveryKey) : new RecoveryError('label.mismatch');
  }
  if (!chainCodeIsSeed || master.chainCode === undefined) return master;
  const chainCode = chainCodeFromSeed(master.chainCode);
  master.chainCode.wipe();
  return { ...master, chainCode };
}

/** When nothing decrypts, the padding still tells a key that fits under another label from a key that does not fit. */
async function labelOrKey({ backup }: WalletCopy, recoveryKey: RecoveryKey): Promise<'label' | 'key'> {
  const ciphertext =
    backup.kind === 'unproven'
      ? [...(backup.parts[0]?.encryptedValues.values() ?? [])][0]
      : backup.parts[0]?.ciphertexts[0];
  return ciphertext === undefined ? 'label' : recoveryKey.labelOrKey(ciphertext);
}

function wrongKey({ publicKey }: RecoveryKey): RecoveryError {
  return new RecoveryError('rsa-key.mismatch', { given: publicKey.fingerprintHex });
}

/**
 * The same recovery with its key at another path; the key at the old path stays the caller's to wipe.
 * Fails with what `walletKeyOf` fails with.
 */
export function keyAt(
  recovery: RecoveredWallet,
  path: DerivationPath,
  expectedAddress: string | undefined,
): RecoveredWallet {
  const key = walletKeyOf(recovery.master, path, algorithmOf(recovery.report.copy.backup));
  const addresses = addressesFor(key);
  const matchingAddress = expectedAddress === undefined ? undefined : findAddress(addresses, expectedAddress);
  return { ...recovery, key, addresses, matchingAddress };
}

function describeRecovery(
  wallet: Wallet,
  report: CopyReport,
  master: RecoveredKey,
  {
    path,
    expectedAddress,
    recoveryKey,
    chainCodeIsSeed,
  }: Pick<RecoverOptions, 'path' | 'expectedAddress' | 'recoveryKey' | 'chainCodeIsSeed'>,
): RecoveredWallet {
  const { backup } = report.copy;
  const algorithm = algorithmOf(backup);
  const walletPath = path ?? walletPathOf(wallet.convention, master.curve.name);
  const key = walletKeyOf(master, walletPath, algorithm);
  try {
    const addresses = addressesFor(key);
    const matchingAddress =
      expectedAddress === undefined ? undefined : findAddress(addresses, expectedAddress);
    const missed = expectedAddress !== undefined && matchingAddress === undefined;
    const mayBeSeed = missed && backup.kind === 'unproven' && !chainCodeIsSeed && walletPath.length > 0;
    const warnings: readonly Warning[] = [
      ...recoveryKey.warnings,
      ...(report.verdict.kind === 'unverifiable'
        ? [warning('backup.unverifiable', { because: report.verdict.code })]
        : []),
      ...(usableChainCode(master) === undefined ? [warning('chain-code.missing')] : []),
      ...master.lostPlayers.map((player) => warning('share.lost', { player })),
      ...warnOfOtherWalletKey(wallet, master, algorithm),
      ...(mayBeSeed && matchesAsSeed(master, walletPath, expectedAddress)
        ? [warning('chain-code.seed-matches')]
        : []),
    ];
    const keySource = recoveryKey.source();
    return { kind: 'recovered', report, master, key, addresses, matchingAddress, warnings, keySource };
  } catch (error) {
    key.privateKey.wipe();
    throw error;
  }
}

function warning(code: WarningCode, details: Warning['details'] = {}): Warning {
  return { code, details };
}

/** Tries the second reading of an old backup's chain code, only to say that it would fit. */
function matchesAsSeed(master: RecoveredKey, path: DerivationPath, expectedAddress: string): boolean {
  if (master.chainCode === undefined) return false;
  const chainCode = chainCodeFromSeed(master.chainCode);
  const key = walletKeyOf({ ...master, chainCode }, path, undefined);
  try {
    return findAddress(addressesFor(key), expectedAddress) !== undefined;
  } finally {
    chainCode.wipe();
    key.privateKey.wipe();
  }
}
