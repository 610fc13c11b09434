import type { RecordCheck, RecordCheckName, RecordReport } from '../../../shared/record-report.ts';
import type { RecordMode } from '../../../shared/record.ts';
import { headWords } from '../../engine/words/head-words.ts';
import { sentenceOf } from './faults.ts';

const WORDS_IN_LINE = 8;

/** What each check of a record finds true when it passes. */
const PASSED: Readonly<Record<Exclude<RecordCheckName, 'signature'>, string>> = {
  form: 'written as this program writes records',
  chain: 'every entry at its place, none changed',
  times: 'the clock never went back',
  head: 'the head is the one that was noted',
  app: 'made by the expected program',
};

/** What to give for a check to be made. */
const NEEDS: Readonly<Partial<Record<RecordCheckName, string>>> = {
  head: 'compare the words below with those that were noted, or give --head-words',
  app: 'give --app-hash, from the notes of the release',
  signature: 'give --signature and --public-key',
};

const MODES: Readonly<Record<RecordMode, string>> = {
  live: 'a live recovery',
  drill: 'a drill',
  bucket: 'a check of a bucket',
  ceremony: 'a key ceremony',
};

/** What the checks of a record came to, for people. */
export function describeRecord(file: string, report: RecordReport): readonly string[] {
  const { record, checks, head, sound } = report;
  const opened = record?.entries[0];
  const what =
    record === null || opened?.kind !== 'opened'
      ? []
      : [
          `  record of    ${MODES[opened.mode]}, ${String(record.entries.length)} entries, ${opened.time} to ${record.entries.at(-1)?.time ?? ''}`,
          `  made by      breakglass ${opened.app.version} (${opened.app.name}), hash ${opened.app.hash ?? 'not known'}`,
        ];
  return [
    `${file}: ${sound ? 'nothing was found changed' : 'NOT to be relied on'}`,
    ...what,
    ...checks.map(checkLine),
    ...(head === null ? [] : describeHead(head)),
  ];
}

/** A head in hex and in words, eight a line, as people read them to each other. */
export function describeHead(head: string): readonly string[] {
  const words = headWords(head);
  const lines = Array.from({ length: Math.ceil(words.length / WORDS_IN_LINE) }, (_, i) =>
    words.slice(i * WORDS_IN_LINE, (i + 1) * WORDS_IN_LINE).join(' '),
  );
  return [
    `  head         ${head}`,
    ...lines.map((line, i) => `  ${(i === 0 ? 'in words' : '').padEnd(12)} ${line}`),
  ];
}

function checkLine(result: RecordCheck): string {
  return `  ${result.check.padEnd(12)} ${inWords(result)}`;
}

function inWords({ check, outcome, fault, entries, signature }: RecordCheck): string {
  const by = signature === null ? '' : ` (${signature.file})`;
  const who =
    signature?.principal === null || signature?.principal === '' ? '' : ` of ${signature?.principal ?? ''}`;
  switch (outcome) {
    case 'passed':
      return check === 'signature'
        ? `passed: signed by the key ${signature?.key ?? ''}${who}${by}`
        : `passed: ${PASSED[check]}`;
    case 'failed':
      return `FAILED: ${fault === null ? '' : sentenceOf(fault)}`;
    case 'warning':
      return check === 'signature'
        ? `Warning: signed by the key ${signature?.key ?? ''}, and nothing says whose that is${by}. Give --public-key.`
        : `Warning: the clock went back at ${entries.length === 1 ? 'entry' : 'entries'} ${entries.join(', ')}. Ask who set it, and why.`;
    case 'not-checked':
      return `not checked${by}: ${NEEDS[check] ?? ''}`;
    case 'not-reached':
      return 'not reached';
  }
}
