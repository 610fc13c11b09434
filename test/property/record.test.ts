import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { writeCanonical } from '../../electron/record/canonical-json.ts';
import { readCanonical } from '../../electron/record/canonical-reader.ts';
import { entryHash } from '../../electron/record/entry-hash.ts';
import { parseRecord } from '../../electron/record/parse-record.ts';
import { writeRecord } from '../../electron/record/recorder.ts';
import type { RecordEntry, SessionRecord } from '../../shared/record.ts';
import type { Fault } from '../../shared/recovery-error.ts';
import { faultOf } from '../fixtures/faults.ts';
import { ALL_BODIES, fullRecorder, recorderWith, SHA } from '../fixtures/records.ts';

const FULL = fullRecorder();
const FILE = FULL.file();
const ENTRIES = FULL.entries;
const FAULTS = ['record.malformed', 'record.not-canonical', 'record.chain-broken'];

const flip = (bytes: Uint8Array, at: number, bit: number): Uint8Array =>
  bytes.with(at, (bytes[at] ?? 0) ^ (1 << bit));

/** Where in the file each entry stands, in bytes. */
const SPANS = spansOf(FILE);

/** A change is named by its entry, by its field, or by its byte. */
function expectNamed(fault: Fault): void {
  expect(FAULTS).toContain(fault.code);
  const { entry, field, offset } = fault.details;
  expect([entry, field, offset].some((place) => place !== undefined)).toBe(true);
}

describe('a flipped bit of a record', () => {
  it('is found and named, every bit of a small one', () => {
    const file = recorderWith(ALL_BODIES.slice(0, 3)).file();
    for (let at = 0; at < file.length; at++) {
      for (let bit = 0; bit < 8; bit++) {
        expectNamed(faultOf(() => parseRecord(flip(file, at, bit))));
      }
    }
  });

  it('is found in a record with entries of every kind, and its entry named', () => {
    fc.assert(
      fc.property(fc.nat(FILE.length - 1), fc.nat(7), (at, bit) => {
        const fault = faultOf(() => parseRecord(flip(FILE, at, bit)));
        expectNamed(fault);
        const entry = SPANS.findIndex(({ start, end }) => at >= start && at < end);
        const { entry: named, offset } = fault.details;
        // A turned bracket may only show where the next entry should begin; the byte is then at hand.
        if (entry >= 0) expect(named === entry || Number(offset) >= at).toBe(true);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('a change to a record', () => {
  const chained = (entries: readonly RecordEntry[]): Uint8Array =>
    writeRecord({ ...FULL.record(), entries, head: entries.at(-1)?.hash ?? '' });
  const faultIn = (entries: readonly RecordEntry[]): Fault => faultOf(() => parseRecord(chained(entries)));
  /** Not the first, which has its own rule, nor the last. */
  const inner = fc.integer({ min: 1, max: ENTRIES.length - 3 });

  it('names the place where an entry was dropped, doubled or swapped', () => {
    fc.assert(
      fc.property(inner, (at) => {
        const [one, next] = ENTRIES.slice(at);
        if (one === undefined || next === undefined) throw new Error('no such entry');
        expect(faultIn(ENTRIES.toSpliced(at, 1)).details).toMatchObject({ entry: at, field: 'index' });
        expect(faultIn(ENTRIES.toSpliced(at, 0, one)).details).toMatchObject({
          entry: at + 1,
          field: 'index',
        });
        expect(faultIn(ENTRIES.toSpliced(at, 2, next, one)).details).toMatchObject({
          entry: at,
          field: 'index',
        });
      }),
    );
  });

  it('names the entry after one that was written anew, with a hash of its own', () => {
    fc.assert(
      fc.property(inner, (at) => {
        const old = ENTRIES[at];
        if (old === undefined) throw new Error('no such entry');
        const other = { kind: 'note', text: 'nothing happened' } as const;
        const { index, time, previous } = old;
        const fresh = { ...other, index, time, previous };
        const entries = ENTRIES.with(at, { ...fresh, hash: entryHash(fresh) });
        expect(faultIn(entries)).toMatchObject({
          code: 'record.chain-broken',
          details: { entry: at + 1, field: 'previous' },
        });
      }),
    );
  });

  it('names the head where entries were cut off the end and the old head kept', () => {
    const short = writeRecord({ ...FULL.record(), entries: ENTRIES.slice(0, -1) });
    expect(faultOf(() => parseRecord(short))).toMatchObject({
      code: 'record.chain-broken',
      details: { field: 'head' },
    });
  });

  it('never passes a file that was cut short, or that has more after it', () => {
    fc.assert(
      fc.property(fc.nat(FILE.length - 1), (length) => {
        expectNamed(faultOf(() => parseRecord(FILE.slice(0, length))));
      }),
    );
    for (const more of ['\n', ' ', '{}', '\0']) {
      expectNamed(faultOf(() => parseRecord(Buffer.concat([FILE, Buffer.from(more)]))));
    }
  });

  it.each<[string, (record: SessionRecord) => unknown, Fault['details']]>([
    ['a field beside the record', (record) => ({ ...record, signatures: [] }), { field: 'signatures' }],
    ['another format', (record) => ({ ...record, format: 'other' }), { field: 'format' }],
    ['another version', (record) => ({ ...record, version: 2 }), { field: 'version' }],
    ['no entries', (record) => ({ ...record, entries: [] }), { reason: 'no record' }],
    ['no head', ({ entries, format, version }) => ({ entries, format, version }), { field: 'head' }],
  ])('refuses %s', (_what, change, details) => {
    const text = writeCanonical(change(FULL.record()) as never);
    expect(faultOf(() => parseRecord(new TextEncoder().encode(`${text}\n`)))).toMatchObject({
      code: 'record.malformed',
      details,
    });
  });

  it.each<[string, number, object, string]>([
    ['a text of 2001 units', 26, { text: 'x'.repeat(2001) }, 'text'],
    ['65 people', 2, { people: Array(65).fill({ name: 'a', role: 'witness' }) }, 'people'],
    ['256 players', 6, { players: Array(256).fill(1) }, 'players'],
    [
      '33 details',
      25,
      { details: Object.fromEntries(Array.from({ length: 33 }, (_, i) => [`d${i}`, 1])) },
      'details',
    ],
    ['a detail that is a list', 25, { details: { a: [] } }, 'details.a'],
    ['a negative size', 3, { sizeBytes: -1 }, 'sizeBytes'],
    ['a hash in capitals', 3, { sha256: 'A'.repeat(64) }, 'sha256'],
    ['a time without milliseconds', 3, { time: '2026-11-28T18:30:00Z' }, 'time'],
    ['a day that is none', 3, { time: '2026-02-30T18:30:00.000Z' }, 'time'],
    ['a key id that is none', 6, { keyId: '../../etc' }, 'keyId'],
    [
      'a check of another name',
      7,
      { checks: [{ player: 0, check: 'x', outcome: 'passed', code: null }] },
      'checks.0.check',
    ],
    ['a kind that is none', 3, { kind: 'constructor' }, 'kind'],
  ])('refuses %s, and names it', (_what, at, change, field) => {
    const entry = ENTRIES[at];
    if (entry === undefined) throw new Error('no such entry');
    const fault = faultIn(ENTRIES.with(at, { ...entry, ...change }));
    expect(fault).toMatchObject({ code: 'record.malformed', details: { entry: at, field } });
  });

  it('refuses more entries than there may be', () => {
    const [opened, note] = [ENTRIES[0], ENTRIES[26]];
    if (opened === undefined || note === undefined) throw new Error('no such entry');
    const text = `{"entries":[${[opened, ...Array<RecordEntry>(120_000).fill(note)].map((e) => writeCanonical(e as never)).join(',')}],"format":"breakglass-record","head":"${SHA}","version":1}\n`;
    expect(faultOf(() => parseRecord(new TextEncoder().encode(text)))).toMatchObject({
      code: 'record.malformed',
      details: { field: 'entries' },
    });
  });

  it('refuses a field that the kind does not have, and one that is missing, in every entry', () => {
    ENTRIES.forEach((entry, at) => {
      const more = ENTRIES.with(at, { ...entry, password: 'x' } as unknown as RecordEntry);
      expect(faultIn(more)).toMatchObject({
        code: 'record.malformed',
        details: { entry: at, field: 'password', reason: 'unknown' },
      });
      for (const name of Object.keys(entry)) {
        const less = Object.fromEntries(Object.entries(entry).filter(([field]) => field !== name));
        const fault = faultIn(ENTRIES.with(at, less as unknown as RecordEntry));
        expect(fault).toMatchObject({ code: 'record.malformed', details: { entry: at, field: name } });
      }
    });
  });
});

describe('canonical JSON', () => {
  const value = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, true, false),
      fc.maxSafeInteger(),
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'binary' }).filter((text) => !/\p{Surrogate}/u.test(text)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    ),
  })).value;

  it('is read back, and is the only text that is', () => {
    fc.assert(
      fc.property(value, fc.nat(), fc.nat(7), (given, place, bit) => {
        // A zero with a sign is the zero without one.
        const plain = JSON.parse(JSON.stringify(given)) as never;
        const bytes = new TextEncoder().encode(writeCanonical(plain));
        expect(readCanonical(bytes)).toEqual(plain);
        const changed = flip(bytes, place % bytes.length, bit);
        try {
          expect(new TextEncoder().encode(writeCanonical(readCanonical(changed)))).toEqual(changed);
        } catch (error) {
          expect(error).toMatchObject({ name: 'RecoveryError' });
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ' {}',
    '{} ',
    '{"b":1,"a":2}',
    '{"a":1,"a":2}',
    '[1,]',
    '{"a" :1}',
    '01',
    '-0',
    '1.0',
    '1e3',
    '9007199254740993',
    '"\\u0041"',
    '"\\/"',
    '"\\u001F"',
    '"\\ud800"',
    '"a\u0001"',
    'True',
    'nul',
    '{"__proto__":1}',
    '\ufeff{}',
    '[[[[[[[[[[]]]]]]]]]]',
    '',
  ])('refuses %j', (text) => {
    expect(faultOf(() => readCanonical(new TextEncoder().encode(text))).code).toBe('record.not-canonical');
  });

  it('sorts names by their UTF-16 units, as RFC 8785 shows', () => {
    const sample = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.keys(JSON.parse(writeCanonical(sample)) as object).filter((name) => name !== '1')).toEqual([
      '\r',
      '\u0080',
      '\u00f6',
      '\u20ac',
      '\ud83d\ude00',
      '\ufb33',
    ]);
    expect(writeCanonical(sample)).toBe(
      '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}',
    );
  });
});

/** Entries are parted by `},{` outside of strings, at the depth of the list. */
function spansOf(file: Uint8Array): readonly { readonly start: number; readonly end: number }[] {
  let start = '{"entries":['.length;
  return ENTRIES.map((entry) => {
    const end = start + Buffer.byteLength(writeCanonical(entry as never));
    const span = { start, end };
    start = end + 1;
    expect(file[end]).toBe((entry.index === ENTRIES.length - 1 ? ']' : ',').charCodeAt(0));
    return span;
  });
}
