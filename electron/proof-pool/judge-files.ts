import { faultDetails } from '../../shared/checks.ts';
import type { BucketComparison } from '../../shared/bucket.ts';
import { curveOfAlgorithm } from '../../shared/key-algorithm.ts';
import { RecoveryError, type Fault } from '../../shared/recovery-error.ts';
import { verdictOfFault } from '../../shared/verdict-word.ts';
import type { Warning } from '../../shared/warning.ts';
import { addressesOf } from '../engine/address/addresses.ts';
import { findAddress } from '../engine/address/same-address.ts';
import type { RandomBytes } from '../engine/bytes/random.ts';
import { curveOf } from '../engine/curve/curve.ts';
import { summarize } from '../engine/ers/backup.ts';
import type { PartCheckContext } from '../engine/ers/part-checks.ts';
import { validate } from '../engine/ers/validate.ts';
import { judge } from '../engine/ers/verdict.ts';
import { readKitFile } from '../engine/kit/kit-file.ts';
import { palisadeLabel } from '../engine/kit/label.ts';
import { isStranger, sortKits, type LoadFault } from '../engine/kit/sort-kits.ts';
import type { NamedKit, Wallet, WalletCopy } from '../engine/kit/wallet.ts';
import { GOOD_MODULUS_BITS } from '../engine/rsa/public-key.ts';
import type { CopyFinding, KnownRow, WalletFile, WalletFinding } from './wallet-job.ts';

/**
 * Reads the files of one folder, sorts them into wallets and checks every copy of each, with public data only. What is
 * wrong with a file or a wallet is a finding. Source: docs/bucket.md.
 * @param files of one folder
 * @param rows of the register, of the key ids that the folder may hold
 */
export function judgeFiles(
  files: readonly WalletFile[],
  rows: readonly KnownRow[],
  randomBytes: RandomBytes,
): readonly WalletFinding[] {
  const kits: NamedKit[] = [];
  const faults: LoadFault[] = [];
  for (const { file, keyId, mustBeKit, content } of files) {
    try {
      kits.push({ file, keyId, kit: readKitFile(content) });
    } catch (error) {
      if (!(error instanceof RecoveryError)) throw error;
      const fault = error.within({ file }).toFault();
      if (!isStranger(mustBeKit, fault)) faults.push({ files: [file], keyId, fault });
    }
  }
  const { wallets, contradictions } = sortKits(kits);
  return [
    ...[...faults, ...contradictions].map(faultFinding),
    ...wallets.map((wallet) =>
      judgeWallet(
        wallet,
        rows.find(({ keyId }) => keyId === wallet.keyId),
        randomBytes,
      ),
    ),
  ];
}

/** The finding of files that make no wallet. */
export function faultFinding({ files, keyId, fault }: LoadFault): WalletFinding {
  return {
    keyId,
    keyAlgorithm: null,
    files,
    verdict: verdictOfFault(fault.code),
    code: fault.code,
    details: fault.details,
    comparison: 'not-compared',
    warnings: [],
    copies: [],
  };
}

function judgeWallet(wallet: Wallet, row: KnownRow | undefined, randomBytes: RandomBytes): WalletFinding {
  const copies = wallet.copies.map((copy) => judgeCopy(wallet, copy, row, randomBytes));
  const common = {
    keyId: wallet.keyId,
    keyAlgorithm: wallet.keyAlgorithm ?? null,
    files: wallet.copies.flatMap(({ files }) => files),
    comparison: comparisonOf(wallet, row),
    warnings: warningsOf(wallet),
    copies,
  };
  const bad = worstOf(copies) ?? faultOfRow(wallet, row, common.comparison);
  return bad === undefined ? { ...common, verdict: 'valid', code: null, details: {} } : { ...common, ...bad };
}

function judgeCopy(
  wallet: Wallet,
  copy: WalletCopy,
  row: KnownRow | undefined,
  randomBytes: RandomBytes,
): CopyFinding {
  const checks = [
    ...validate({
      backup: copy.backup,
      opening: openingOf(copy, row),
      statedPublicKey: wallet.stated?.master,
      randomBytes,
    }),
  ];
  return {
    recoveryKeyHex: copy.recoveryKey?.fingerprintHex ?? '',
    verdict: judge(copy.backup, checks),
    checks,
  };
}

function openingOf({ recoveryKey }: WalletCopy, row: KnownRow | undefined): PartCheckContext['opening'] {
  if (row === undefined) return { missing: 'register.not-listed' };
  if (recoveryKey === undefined) return { missing: 'ers-public-key.unknown' };
  return { publicKey: recoveryKey, label: palisadeLabel(row.quorumId, row.keyId) };
}

type Bad = Pick<WalletFinding, 'verdict' | 'code' | 'details'>;

/** What the worst copy is at fault for: a wallet is as good as that one. */
function worstOf(copies: readonly CopyFinding[]): Bad | undefined {
  const verdicts = copies.map(({ verdict }) => verdict);
  const worst =
    verdicts.find(({ kind }) => kind === 'invalid') ?? verdicts.find(({ kind }) => kind === 'unverifiable');
  if (worst === undefined || worst.kind === 'valid') return undefined;
  const { kind, code, because } = worst;
  // A label that does not fit says nothing about the backup, so it makes an error and not an invalid backup.
  const verdict = kind === 'unverifiable' ? 'unverifiable' : verdictOfFault(code);
  return { verdict, code, details: faultDetails(because) };
}

/** What the register says and the files of a good backup don't. */
function faultOfRow(
  wallet: Wallet,
  row: KnownRow | undefined,
  comparison: BucketComparison,
): Bad | undefined {
  if (row === undefined) return undefined;
  const { curve } = summarize(wallet.copies[0].backup);
  const fault: Fault | undefined =
    curveOfAlgorithm(row.keyAlgorithm) !== curve
      ? { code: 'kit.key-algorithm-mismatch', details: { stated: row.keyAlgorithm, curve } }
      : comparison === 'mismatched'
        ? { code: 'address.mismatch', details: { expected: row.addresses.join(' ') } }
        : undefined;
  if (fault === undefined) return undefined;
  // The backup is good: it is the register, or the folder's name, that is of another wallet.
  return { ...fault, verdict: fault.code === 'address.mismatch' ? 'valid' : 'error' };
}

/** The wallet's public key stands in the kit, so its addresses are known without any secret. */
function comparisonOf(wallet: Wallet, row: KnownRow | undefined): BucketComparison {
  if (row === undefined || wallet.stated === undefined) return 'not-compared';
  if (row.addresses.length === 0) return 'not-given';
  const { curve } = summarize(wallet.copies[0].backup);
  if (curve !== 'secp256k1' && curve !== 'ED-25519') return 'not-compared';
  const addresses = addressesOf(curve, curveOf(curve).encodeCompressed(wallet.stated.wallet));
  return findAddress(addresses, row.addresses.join(' ')) === undefined ? 'mismatched' : 'matched';
}

function warningsOf({ copies }: Wallet): readonly Warning[] {
  return copies
    .flatMap(({ recoveryKey }) => recoveryKey ?? [])
    .filter(({ modulusBits }) => modulusBits < GOOD_MODULUS_BITS)
    .map(({ modulusBits }) => ({ code: 'rsa-key.small', details: { bits: modulusBits } }));
}
