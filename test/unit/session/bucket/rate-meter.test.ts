import { describe, expect, it } from 'vitest';

import { bucketProgressText, durationText } from '../../../../electron/cli/bucket-progress.ts';
import { RateMeter } from '../../../../electron/session/bucket/rate-meter.ts';
import { readKeptRow } from '../../../../electron/session/bucket/kept-row.ts';

describe('the rate', () => {
  it('is that of late, leaves pauses out, and is not said before it is known', () => {
    let now = 1000;
    const meter = new RateMeter(() => now);
    meter.count();
    meter.count();
    expect(meter.perSecond).toBeNull();
    for (let i = 0; i < 100; i++) {
      now += 500;
      meter.count();
    }
    expect(meter.perSecond).toBeCloseTo(2, 5);
    meter.pause();
    now += 3_600_000;
    expect(meter.elapsedMs).toBe(50_000);
    meter.resume();
    for (let i = 0; i < 100; i++) {
      now += 250;
      meter.count();
    }
    expect(meter.perSecond).toBeCloseTo(4, 1);
    expect(meter.elapsedMs).toBe(75_000);
  });
});

describe('the progress in words', () => {
  it('has what is known', () => {
    const progress = {
      mode: 'verify',
      total: 2000,
      done: 312,
      fromState: 0,
      rows: 312,
      counts: {
        valid: 309,
        invalid: 3,
        unverifiable: 0,
        unsupported: 0,
        error: 0,
        matched: 309,
        mismatched: 0,
        bad: 3,
      },
      perSecond: 7.44,
      etaMs: 226_900,
      elapsedMs: 42_000,
      running: [],
      notMet: null,
      warnings: [],
    } as const;
    expect(bucketProgressText({ kind: 'running', progress })).toBe(
      '312 of 2000 wallets, 7.4 a second, 4 min left, 3 to look at',
    );
    const early = { ...progress, perSecond: null, etaMs: null, counts: { ...progress.counts, bad: 0 } };
    expect(bucketProgressText({ kind: 'running', progress: early })).toBe('312 of 2000 wallets');
    expect(bucketProgressText({ kind: 'finding', mode: 'verify', found: 7 })).toBe(
      'Looking for wallets: 7 found',
    );
  });

  it.each([
    [1, '1 s'],
    [59_001, '1 min'],
    [3_600_000, '1 h 0 min'],
    [5_400_000, '1 h 30 min'],
  ])('%i ms: %s', (milliseconds, text) => {
    expect(durationText(milliseconds)).toBe(text);
  });
});

describe('a row of a state file', () => {
  const good = {
    keyId: '0f8fad5b-d9cb-469f-a165-70867728950e',
    keyAlgorithm: 'ED25519',
    files: ['a'],
    verdict: 'valid',
    code: null,
    details: {},
    comparison: 'matched',
    warnings: [],
  };

  it('is read as it was', () => {
    expect(readKeptRow(good)).toEqual(good);
    expect(readKeptRow({ ...good, keyId: null })?.keyId).toBeUndefined();
  });

  it.each([
    { keyId: 'x' },
    { files: [1] },
    { files: 'a' },
    { verdict: 'fine' },
    { code: 'no.such-code' },
    { code: 'constructor' },
    { details: { a: {} } },
    { details: [] },
    { comparison: 'same' },
    { warnings: [{ code: 'no.such', details: {} }] },
  ])('with %j is none', (change) => {
    expect(readKeptRow({ ...good, ...change })).toBeUndefined();
  });
});
