import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { BucketState, type StateHeader } from '../../../electron/files/bucket-state.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';

const HEADER: StateHeader = { mode: 'verify', checks: 'checks-1', recoveryKey: null, shard: null };
const UNITS = ['a', 'b', 'c'];

/** A state file of three folders, closed. */
function stateFile(): string {
  const file = join(makeFolder(), 's.state');
  const state = BucketState.open(file, HEADER);
  for (const unit of UNITS) state.append(unit, [{ verdict: 'valid' }]);
  state.close();
  return file;
}

/** The folders that a state file knows; what was torn at its end is cut off. */
function unitsOf(file: string): readonly string[] {
  const state = BucketState.open(file, HEADER);
  const units = UNITS.filter((unit) => state.rowsOf(unit) !== undefined);
  state.close();
  return units;
}

describe('what is cut off', () => {
  it.each([
    ['half a line', '{"unit":"d","rows":[{"verd'],
    ['blocks that a power failure left empty', '\0'.repeat(4096)],
  ])('%s at the end, and nothing before it', (_what, torn) => {
    const file = stateFile();
    const whole = readFileSync(file);
    appendFileSync(file, torn);
    expect(unitsOf(file)).toEqual(UNITS);
    expect(readFileSync(file)).toEqual(whole);
  });

  it('nothing of a file that is whole', () => {
    const file = stateFile();
    const whole = readFileSync(file);
    expect(unitsOf(file)).toEqual(UNITS);
    expect(readFileSync(file)).toEqual(whole);
  });
});

describe('what is refused, and stays as it is', () => {
  it.each<[string, (whole: string) => string, number]>([
    ['a last line that was whole, and is spoilt', (whole) => whole.replace(/valid(?!.*valid)/s, 'vaiid'), 4],
    ['lines that were whole, and are spoilt, up to the end', (whole) => whole.replace(/valid/g, 'vaiid'), 2],
    ['more emptiness than a second writes', (whole) => whole + '\0'.repeat(2 * 1024 * 1024), 5],
  ])('%s: bucket-state.damaged', (_what, spoil, line) => {
    const file = stateFile();
    const spoilt = spoil(readFileSync(file, 'utf8'));
    writeFileSync(file, spoilt);
    expect(
      faultOf(() => {
        BucketState.open(file, HEADER);
      }),
    ).toEqual({ code: 'bucket-state.damaged', details: { file, line } });
    expect(readFileSync(file, 'utf8')).toBe(spoilt);
  });
});
