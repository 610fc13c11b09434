import { BUCKET_VERDICTS, type BucketComparison } from '../../../shared/bucket.ts';
import { ERROR_CODES, type ErrorCode } from '../../../shared/error-codes.ts';
import { isUuid, parseKeyId } from '../../../shared/ids.ts';
import { KEY_ALGORITHMS } from '../../../shared/key-algorithm.ts';
import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { WARNING_CODES, type Warning } from '../../../shared/warning.ts';
import { isJsonObject, type JsonValue } from '../../engine/bytes/json.ts';
import type { WalletFinding } from '../../proof-pool/wallet-job.ts';

/** What a state file keeps of a finding: all but the checks, of which there are many and no one asks again. */
export type KeptRow = Omit<WalletFinding, 'copies'>;

const COMPARISONS = [
  'matched',
  'mismatched',
  'not-given',
  'not-compared',
] as const satisfies readonly BucketComparison[];

/** What is kept of a finding. */
export function keptRow(finding: WalletFinding): KeptRow {
  const { keyId, keyAlgorithm, files, verdict, code, details, comparison, warnings } = finding;
  return { keyId, keyAlgorithm, files, verdict, code, details, comparison, warnings };
}

/** Reads what was kept, from a file that anything may have happened to; undefined where it is no such row. */
export function readKeptRow(value: JsonValue): KeptRow | undefined {
  if (!isJsonObject(value)) return undefined;
  const { keyId = null, files, code, warnings } = value;
  const keyAlgorithm = KEY_ALGORITHMS.find((name) => name === value['keyAlgorithm']) ?? null;
  const verdict = BUCKET_VERDICTS.find((word) => word === value['verdict']);
  const comparison = COMPARISONS.find((word) => word === value['comparison']);
  const details = readDetails(value['details']);
  if (verdict === undefined || comparison === undefined || details === undefined) return undefined;
  if (keyId !== null && !(typeof keyId === 'string' && isUuid(keyId))) return undefined;
  if (code !== null && !(typeof code === 'string' && Object.hasOwn(ERROR_CODES, code))) return undefined;
  if (!isArray(files) || !isArray(warnings)) return undefined;
  const known = warnings.map(readWarning);
  if (!files.every((file) => typeof file === 'string') || known.includes(undefined)) return undefined;
  return {
    keyId: keyId === null ? undefined : parseKeyId(keyId),
    keyAlgorithm,
    files: files,
    verdict,
    code: code as ErrorCode | null,
    details,
    comparison,
    warnings: known as readonly Warning[],
  };
}

function readWarning(value: JsonValue): Warning | undefined {
  if (!isJsonObject(value)) return undefined;
  const code = WARNING_CODES.find((known) => known === value['code']);
  const details = readDetails(value['details']);
  return code === undefined || details === undefined ? undefined : { code, details };
}

function readDetails(value: JsonValue | undefined): ErrorDetails | undefined {
  if (!isJsonObject(value)) return undefined;
  const good = Object.values(value).every((each) => typeof each === 'string' || typeof each === 'number');
  return good ? (value as ErrorDetails) : undefined;
}

function isArray(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
