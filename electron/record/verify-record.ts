import { RecoveryError, type Fault } from '../../shared/recovery-error.ts';
import type { RecordCheck, RecordCheckName, RecordReport } from '../../shared/record-report.ts';
import type { SessionRecord } from '../../shared/record.ts';
import { parseTrustedKeys } from '../engine/signature/trusted-keys.ts';
import { verifySignature } from '../engine/signature/verify-signature.ts';
import { headWords } from '../engine/words/head-words.ts';
import { checkChain, clockJumps } from './chain.ts';
import { readRecordForm } from './parse-record.ts';

/** A file that goes with a record. */
export interface NamedFile {
  /** For faults. */
  readonly file: string;
  readonly content: Uint8Array;
}

/** What a record is held against, beside itself. */
export interface RecordExpectations {
  /** The head that was noted, lower-case hex. */
  readonly head?: string | undefined;
  /** What `appHash` gives for the program that should have made it, lower-case hex. */
  readonly appHash?: string | undefined;
  readonly signatures?: readonly NamedFile[];
  /** Files of public keys, any of which may have signed. */
  readonly publicKeys?: readonly NamedFile[];
}

/**
 * Makes every check of a record file, and tells how each ended; what is wrong with the record or a signature is in the
 * report, not thrown. Source: docs/record.md, "Verifying".
 * Fails with `signing-key.not-understood` and `signing-key.unsupported` for files of public keys.
 * @param bytes the whole record file
 */
export function verifyRecord(bytes: Uint8Array, expectations: RecordExpectations = {}): RecordReport {
  const { signatures = [], publicKeys = [] } = expectations;
  const trusted = publicKeys.flatMap(({ file, content }) => naming(file, () => parseTrustedKeys(content)));
  const form = attempt(() => readRecordForm(bytes));
  const record = form.ok ? form.value : null;
  const checks = [
    form.ok ? result('form', 'passed') : failed('form', form.fault),
    ...(record === null
      ? (['chain', 'times', 'head', 'app'] as const).map((check) => result(check, 'not-reached'))
      : [
          ofAttempt('chain', () => {
            checkChain(record);
          }),
          timesCheck(record),
          headCheck(record, expectations.head),
          appCheck(record, expectations.appHash),
        ]),
    ...(signatures.length === 0 ? [result('signature', 'not-checked')] : []),
    // A signature is over the file's bytes: whether it fits is known even where the record is no record.
    ...signatures.map((signature) => signatureCheck(bytes, signature, trusted)),
  ];
  return {
    sound: checks.every(({ outcome }) => outcome !== 'failed'),
    checks,
    record,
    head: record?.head ?? null,
  };
}

function timesCheck(record: SessionRecord): RecordCheck {
  const entries = clockJumps(record);
  return { ...result('times', entries.length === 0 ? 'passed' : 'warning'), entries };
}

function headCheck({ head }: SessionRecord, expected: string | undefined): RecordCheck {
  if (expected === undefined) return result('head', 'not-checked');
  if (expected === head) return result('head', 'passed');
  const found = headWords(head);
  const place = headWords(expected).findIndex((word, i) => word !== found[i]) + 1;
  return failed('head', { code: 'record.head-differs', details: { place, expected, found: head } });
}

function appCheck({ entries: [opened] }: SessionRecord, expected: string | undefined): RecordCheck {
  if (expected === undefined) return result('app', 'not-checked');
  const found = opened?.kind === 'opened' ? opened.app.hash : null;
  if (found === expected) return result('app', 'passed');
  return failed('app', { code: 'record.app-differs', details: { expected, found: found ?? 'none' } });
}

function signatureCheck(
  bytes: Uint8Array,
  { file, content }: NamedFile,
  trusted: ReturnType<typeof parseTrustedKeys>,
): RecordCheck {
  const verified = attempt(() => naming(file, () => verifySignature(bytes, content, trusted)));
  if (!verified.ok) {
    const key = verified.fault.details['signer'];
    const signature = { file, key: key === undefined ? null : String(key), principal: null };
    return { ...failed('signature', verified.fault), signature };
  }
  const signer = verified.value;
  const outcome = signer === undefined ? 'not-checked' : signer.principal === null ? 'warning' : 'passed';
  const signature = { file, key: signer?.key ?? null, principal: signer?.principal ?? null };
  return { ...result('signature', outcome), signature };
}

function ofAttempt(check: RecordCheckName, work: () => void): RecordCheck {
  const made = attempt(work);
  return made.ok ? result(check, 'passed') : failed(check, made.fault);
}

function result(check: RecordCheckName, outcome: RecordCheck['outcome']): RecordCheck {
  return { check, outcome, fault: null, entries: [], signature: null };
}

function failed(check: RecordCheckName, fault: Fault): RecordCheck {
  return { ...result(check, 'failed'), fault };
}

type Attempt<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly fault: Fault };

function attempt<Value>(work: () => Value): Attempt<Value> {
  try {
    return { ok: true, value: work() };
  } catch (error) {
    if (error instanceof RecoveryError) return { ok: false, fault: error.toFault() };
    throw error;
  }
}

function naming<Value>(file: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw error instanceof RecoveryError ? error.within({ file }) : error;
  }
}
