import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { parseRecord } from '../../../electron/record/parse-record.ts';
import { Recorder } from '../../../electron/record/recorder.ts';
import type { RecordEntryBody, RecordKind } from '../../../shared/record.ts';
import { ALL_BODIES, fullRecorder, recorderWith, START_MS } from '../../fixtures/records.ts';

const [OPENED] = ALL_BODIES as readonly [RecordEntryBody];
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

describe('Recorder', () => {
  it('writes a file that reads back as what was added, for every kind of entry', () => {
    const recorder = fullRecorder();
    const record = parseRecord(recorder.file());
    expect(record.entries).toEqual(recorder.entries);
    expect(record.head).toBe(recorder.head);
    expect(
      record.entries.map((entry) => {
        const { index, time, previous, hash, ...body } = entry;
        expect([typeof index, typeof time, typeof previous, typeof hash]).toEqual([
          'number',
          'string',
          'string',
          'string',
        ]);
        return body;
      }),
    ).toEqual(ALL_BODIES);
  });

  it('knows every kind that the tests say they try', () => {
    const kinds = new Set<RecordKind>(ALL_BODIES.map(({ kind }) => kind));
    expect(kinds.size).toBe(26);
  });

  it('hashes as docs/record.md says', () => {
    const recorder = recorderWith([OPENED]);
    const [entry] = recorder.entries;
    const canonical = `{"app":{"hash":"d2a84f4b8b650937ec8f73cd8be2c74add5a911ba64df27458ed8229da804a26","name":"app","version":"0.1.0"},"index":0,"kind":"opened","mode":"live","previous":"${'0'.repeat(64)}","system":{"platform":"linux","release":"6.12.0","runtime":"node 20.20.0"},"time":"2026-11-28T18:30:01.250Z"}`;
    const hash = createHash('sha256').update(`breakglass-record-entry-v1\n${canonical}`).digest('hex');
    expect(entry?.hash).toBe(hash);
    expect(textOf(recorder.file())).toBe(
      `{"entries":[${canonical.replace('"index"', `"hash":"${hash}","index"`)}],"format":"breakglass-record","head":"${hash}","version":1}\n`,
    );
  });

  it('keeps what the clock says, also where it goes back', () => {
    const times = [START_MS, START_MS - 60_000];
    const recorder = new Recorder({ nowMs: () => times.shift() ?? 0 });
    recorder.add(OPENED);
    recorder.add({ kind: 'note', text: '' });
    expect(recorder.entries.map(({ time }) => time)).toEqual([
      '2026-11-28T18:30:00.250Z',
      '2026-11-28T18:29:00.250Z',
    ]);
  });

  it('can be written before it is closed, and goes on', () => {
    const recorder = recorderWith([OPENED]);
    const before = parseRecord(recorder.file());
    recorder.add({ kind: 'closed' });
    const after = parseRecord(recorder.file());
    expect(after.entries.slice(0, 1)).toEqual(before.entries);
    expect(after.head).not.toBe(before.head);
  });

  it.each<[string, readonly RecordEntryBody[]]>([
    ['another start', [{ kind: 'closed' }]],
    ['a second start', [OPENED, OPENED]],
    ['anything after the end', [OPENED, { kind: 'closed' }, { kind: 'note', text: '' }]],
    ['a fraction', [OPENED, { kind: 'stage', stage: 'load', durationMs: 0.5 }]],
    ['a field of no kind', [OPENED, { kind: 'note', text: '', secret: '' } as RecordEntryBody]],
    ['a hash that is none', [OPENED, { kind: 'key-made', bits: 4096, fingerprint: 'AB' }]],
  ])('throws at %s', (_what, bodies) => {
    expect(() => recorderWith(bodies)).toThrow();
  });

  it('has no file and no head before it starts', () => {
    const recorder = new Recorder({ nowMs: () => 0 });
    expect(recorder.head).toBeNull();
    expect(() => recorder.file()).toThrow();
  });

  it('cuts text from outside to what a reader takes, between characters', () => {
    const recorder = recorderWith([
      OPENED,
      { kind: 'note', text: '😀'.repeat(2000) },
      { kind: 'note', text: 'a\ud800b' },
    ]);
    const notes = parseRecord(recorder.file()).entries.flatMap((e) => (e.kind === 'note' ? [e.text] : []));
    expect(notes[0]).toMatch(/^(?:😀)+…$/u);
    expect(notes[0]?.length).toBeLessThanOrEqual(2000);
    expect(notes[1]).toBe('a\ufffdb');
  });

  it('gives out entries that nobody changes', () => {
    const recorder = recorderWith([OPENED]);
    expect(() => Object.assign(recorder.entries[0] ?? {}, { time: '' })).toThrow(TypeError);
  });
});
