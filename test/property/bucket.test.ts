import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { emptyRegister } from '../../electron/record/edit-register.ts';
import {
  parseRegister,
  writeRegisterCsv,
  writeRegisterJson,
  type Register,
} from '../../electron/record/register.ts';
import { isInShard, parseShard } from '../../electron/session/bucket/shard.ts';
import { parseKeyId, parseQuorumId } from '../../shared/ids.ts';
import type { RegisterRow } from '../../shared/register.ts';

const nasty = fc.string({
  maxLength: 12,
  unit: fc.constantFrom(
    'a',
    'ä',
    '"',
    ',',
    '\n',
    '\r',
    ' ',
    '=',
    '+',
    '-',
    '@',
    "'",
    '\t',
    ';',
    '\u{1f600}',
    '＝',
  ),
});
const text = nasty.map((value) => value.trim());
const row: fc.Arbitrary<RegisterRow> = fc.record(
  {
    keyId: fc.uuid().map(parseKeyId),
    quorumId: fc.uuid().map(parseQuorumId),
    keyAlgorithm: fc.constantFrom('SECP256K1' as const, 'ED25519' as const),
    addresses: fc.uniqueArray(
      nasty.map((value) => value.replace(/[\s;]/g, '')).filter((value) => value !== ''),
      { maxLength: 3 },
    ),
    environment: fc.constantFrom(undefined, 'sandbox' as const, 'production' as const),
    bucket: text.map((value) => value.replace(/[\t\r\n]/g, '').trim()),
    note: text,
    further: fc.dictionary(
      fc.constantFrom('owner', '=cmd', "'=x", 'Größe', 'a,b'),
      text.filter((value) => value !== ''),
      { maxKeys: 3, noNullPrototype: true },
    ),
  },
  { noNullPrototype: true },
);
const register: fc.Arbitrary<Register> = fc
  .uniqueArray(row, { selector: ({ keyId }) => keyId, maxLength: 6 })
  .map((rows) => new Map(rows.map((each) => [each.keyId, each])));

describe('a register', () => {
  it('that is written is read as the same, as CSV and as JSON and from one to the other', () => {
    fc.assert(
      fc.property(register, (made) => {
        const csv = parseRegister(writeRegisterCsv(made));
        const json = parseRegister(writeRegisterJson(made));
        const both = parseRegister(writeRegisterCsv(json));
        for (const again of [csv, json, both]) expect([...again]).toEqual([...made]);
      }),
      { numRuns: 300 },
    );
  });

  it('in CSV has no cell that a spreadsheet takes for a formula', () => {
    fc.assert(
      fc.property(register, (made) => {
        const csv = new TextDecoder().decode(writeRegisterCsv(made));
        for (const cell of csv.matchAll(/(?:^|[,\n])"?([^,"\r\n]*)/g)) {
          // Within quotes a line or comma may be followed by anything: there no cell begins.
          const starts = cell[0].startsWith('\n') || cell[0].startsWith(',') ? cell[1] : undefined;
          if (starts !== undefined && !isInsideQuotes(csv, cell.index))
            expect(starts).not.toMatch(/^[=+\-@\t＝]/);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('without wallets too', () => {
    for (const write of [writeRegisterCsv, writeRegisterJson])
      expect(parseRegister(write(emptyRegister())).size).toBe(0);
  });
});

function isInsideQuotes(csv: string, at: number): boolean {
  return (csv.slice(0, at + 1).match(/"/g) ?? []).length % 2 === 1;
}

describe('shards', () => {
  it('hold every name in exactly one of them', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uuid(), fc.string()), fc.integer({ min: 1, max: 40 }), (name, count) => {
        const shards = Array.from({ length: count }, (_, i) => parseShard(`${i + 1}/${count}`));
        expect(shards.filter((shard) => isInShard(shard, name))).toHaveLength(1);
      }),
    );
  });

  it('are about as large as each other', () => {
    const names = fc.sample(fc.uuid(), { numRuns: 3000, seed: 7 });
    for (const index of [1, 2, 3]) {
      const size = names.filter((name) => isInShard({ index, count: 3 }, name)).length;
      expect(Math.abs(size - 1000)).toBeLessThan(120);
    }
  });

  it('stay the same from one version to the next', () => {
    const ids = ['0f8fad5b-d9cb-469f-a165-70867728950e', '7c9e6679-7425-40de-944b-e07fc1f90ae7', 'loose'];
    expect(ids.map((id) => [1, 2, 3].find((index) => isInShard({ index, count: 3 }, id)))).toEqual([1, 3, 3]);
  });
});
