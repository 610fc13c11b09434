import type { CheckName, CheckOutcome } from '../../../shared/checks.ts';
import type {
  PersonRole,
  RecordComparison,
  RecordMode,
  RecordStage,
  RecordVerdict,
} from '../../../shared/record.ts';

/** What a session was, as a title has it. */
export const MODE_TITLES: Readonly<Record<RecordMode, string>> = {
  live: 'Record of a live recovery',
  drill: 'Record of a drill',
  bucket: 'Record of a bucket check',
  ceremony: 'Record of a key ceremony',
};

/** What a session was, as the band on top says it. */
export const MODE_BANDS: Readonly<Record<RecordMode, string>> = {
  live: 'Live recovery: a real key',
  drill: 'Drill: no real key',
  bucket: 'Bucket check',
  ceremony: 'Key ceremony',
};

/** What a person was there for. */
export const ROLE_WORDS: Readonly<Record<PersonRole, string>> = {
  operator: 'Operator',
  'second-person': 'Second person',
  witness: 'Witness',
  custodian: 'Custodian',
  'ceremony-lead': 'Ceremony lead',
  auditor: 'Auditor',
};

/** The stages, as people call them. */
export const STAGE_WORDS: Readonly<Record<RecordStage, string>> = {
  prepare: 'Prepare',
  load: 'Load',
  verify: 'Verify',
  unlock: 'Unlock',
  reconstruct: 'Reconstruct',
  addresses: 'Addresses',
  export: 'Export',
  finish: 'Finish',
  'key-making': 'Make the key',
  'key-splitting': 'Split the key',
  'key-combining': 'Combine the shares',
  'test-decryption': 'Test decryption',
};

/** What each check finds true when it passes. */
export const CHECK_WORDS: Readonly<Record<CheckName, string>> = {
  agreement: 'Players agree',
  players: 'Enough players',
  'public-key': 'Kit’s public key fits',
  sharing: 'Shares make the key',
  shape: 'Nothing missing',
  encoding: 'Points valid',
  challenge: 'Proof matches',
  openings: 'Ciphertexts open',
  values: 'Values fit',
};

/** How a check ended. */
export const OUTCOME_WORDS: Readonly<Record<CheckOutcome, string>> = {
  passed: '✓ passed',
  failed: '✗ FAILED',
  'not-reached': '– not reached',
  'not-checked': '– not checked',
};

/** What verification came to. */
export const VERDICT_WORDS: Readonly<Record<RecordVerdict, string>> = {
  valid: 'valid',
  invalid: 'NOT VALID',
  unverifiable: 'can’t be verified',
  unsupported: 'not supported',
  error: 'could not be read',
};

/** How the expected address compared. */
export const COMPARISON_WORDS: Readonly<Record<RecordComparison, string>> = {
  matched: 'It is the expected address.',
  mismatched: 'It is NOT the expected address.',
  'not-given': 'No expected address was given.',
};

/** A duration as people say it. */
export function durationWords(milliseconds: number): string {
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60)];
  return [...(hours > 0 ? [`${hours} h`] : []), `${minutes} min`, `${seconds % 60} s`].join(' ');
}

/** A point in time, to the second. */
export function timeWords(time: string): string {
  return `${time.slice(0, 10)} ${time.slice(11, 19)} UTC`;
}

/** A text in groups of four, for the eye. */
export function inFours(text: string): string {
  return (text.match(/.{1,4}/gsu) ?? []).join(' ');
}

/** A number and its noun. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
