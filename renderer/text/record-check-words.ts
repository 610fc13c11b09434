import type { RecordCheck, RecordCheckName } from '../../shared/record-report.ts';
import type { PersonRole, RecordMode } from '../../shared/record.ts';
import { fileName, ifSaid, said } from './details.ts';
import { faultText } from './faults.ts';

/** What each check looks at. */
export const RECORD_CHECK_NAMES: Readonly<Record<RecordCheckName, string>> = {
  form: 'It is a record',
  chain: 'No entry was changed',
  times: 'The clock went forward',
  head: 'The head is the noted one',
  app: 'This program made it',
  signature: 'Who signed it',
};

const PASSED: Readonly<Record<Exclude<RecordCheckName, 'signature'>, string>> = {
  form: 'It is written as this program writes records.',
  chain: 'Every entry is at its place, and none was changed.',
  times: 'The clock never went back.',
  head: 'Its head has the words that were typed.',
  app: 'It was made by this very build of Breakglass.',
};

const NEEDS: Readonly<Partial<Record<RecordCheckName, string>>> = {
  head: 'Compare the words below with those that were noted, or type the noted ones.',
  app: 'This build does not know its own hash.',
  signature: 'Add the signature’s file, and the public key of whoever may have signed.',
};

/** What a session was, in words. */
export const RECORD_MODE_WORDS: Readonly<Record<RecordMode, string>> = {
  live: 'a live recovery',
  drill: 'a drill',
  bucket: 'a check of a bucket',
  ceremony: 'a key ceremony',
};

/** What a person was there for. */
export const ROLE_WORDS: Readonly<Record<PersonRole, string>> = {
  operator: 'operator',
  'second-person': 'second person',
  witness: 'witness',
  custodian: 'custodian',
  'ceremony-lead': 'ceremony lead',
  auditor: 'auditor',
};

/** How one check ended, for a person: a mark, the outcome in a word or two, and what it means. */
export interface RecordCheckText {
  readonly tone: 'ok' | 'warn' | 'bad' | 'plain';
  readonly outcome: string;
  readonly says: string;
}

/** Says how one check of a record ended. */
export function recordCheckText(result: RecordCheck): RecordCheckText {
  const { check, outcome, fault, entries, signature } = result;
  switch (outcome) {
    case 'passed':
      return {
        tone: 'ok',
        outcome: 'passed',
        says: check === 'signature' ? signedBy(result) : PASSED[check],
      };
    case 'failed':
      return check === 'app'
        ? {
            tone: 'warn',
            outcome: 'another program',
            says: `It was made by another build than this one: another version, or the command line. Compare its hash with the notes of that release${ifSaid(fault === null ? undefined : said(fault.details, 'found'), ': ')}.`,
          }
        : { tone: 'bad', outcome: 'FAILED', says: fault === null ? '' : sentences(fault) };
    case 'warning':
      return check === 'signature'
        ? {
            tone: 'warn',
            outcome: 'signer not known',
            says: `${signedBy(result)} The signature fits; nothing says whose key that is. Add the signer’s public key.`,
          }
        : {
            tone: 'warn',
            outcome: 'look at it',
            says: `The clock went back at ${entries.length === 1 ? 'entry' : 'entries'} ${entries.join(', ')}. Ask who set it, and why.`,
          };
    case 'not-checked':
      return {
        tone: 'plain',
        outcome: 'not checked',
        says: `${signature === null ? '' : `${fileName(signature.file)}: `}${NEEDS[check] ?? ''}`,
      };
    case 'not-reached':
      return { tone: 'plain', outcome: 'not reached', says: 'An earlier check failed.' };
  }
}

function sentences(fault: NonNullable<RecordCheck['fault']>): string {
  const { title, meaning, next } = faultText(fault);
  return `${title}. ${meaning} ${next}`;
}

function signedBy({ signature }: RecordCheck): string {
  if (signature === null) return '';
  const { file, key, principal } = signature;
  const who = principal === null || principal === '' ? '' : `${principal}, with `;
  return `Signed by ${who}the key ${key ?? 'that is not named'} (${fileName(file)}).`;
}
