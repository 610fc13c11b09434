import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseCsv } from '../../electron/record/csv.ts';
import { parseRegister } from '../../electron/record/register.ts';
import { orFault } from '../fixtures/faults.ts';
import { asBytes } from '../fixtures/kits.ts';

const HEADER = 'key_id,quorum_id,key_algorithm,address';
const cell = fc.string({
  maxLength: 12,
  unit: fc.constantFrom('a', 'ä', '"', ',', '\n', '\r\n', ' ', '=', '\u{1f600}'),
});
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

describe('parseRegister', () => {
  it('answers any bytes with a register or a fault', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        orFault(() => parseRegister(bytes));
      }),
      { numRuns: 300 },
    );
  });

  it('answers any text below its header with a register or a fault', () => {
    const text = fc.string({ maxLength: 80, unit: fc.constantFrom('a', '0', '"', ',', '\n', '\r', '-') });
    fc.assert(
      fc.property(text, (rows) => {
        orFault(() => parseRegister(asBytes(`${HEADER}\n${rows}`)));
      }),
      { numRuns: 300 },
    );
  });

  it('gives back the rows that were written', () => {
    const row = fc.record({
      keyId: fc.uuid(),
      quorumId: fc.uuid(),
      keyAlgorithm: fc.constantFrom('SECP256K1', 'ED25519'),
      address: fc.string({ maxLength: 20 }).filter((text) => /^[a-zA-Z0-9:.]*$/.test(text)),
    });
    fc.assert(
      fc.property(fc.uniqueArray(row, { selector: ({ keyId }) => keyId, maxLength: 6 }), (rows) => {
        const lines = rows.map((of) =>
          [of.keyId, of.quorumId, of.keyAlgorithm, of.address].map(quoted).join(','),
        );
        const register = parseRegister(asBytes([HEADER, ...lines].join('\r\n')));
        expect([...register.values()]).toEqual(
          rows.map(({ address, ...of }) => ({
            ...of,
            addresses: address === '' ? [] : [address],
            environment: undefined,
            bucket: '',
            note: '',
            further: {},
          })),
        );
      }),
    );
  });
});

describe('parseCsv', () => {
  it('gives back the cells that were written, however they are quoted', () => {
    const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 4 });
    fc.assert(
      fc.property(table, fc.constantFrom('\n', '\r\n'), (rows, newline) => {
        const mustQuote = /[",\r\n]/;
        const text = rows
          .map((cells) =>
            cells.map((content) => (mustQuote.test(content) ? quoted(content) : content)).join(','),
          )
          .join(newline);
        expect(parseCsv(text).map(({ cells }) => cells)).toEqual(rows);
        const all = rows.map((cells) => cells.map(quoted).join(',')).join(newline);
        expect(parseCsv(all).map(({ cells }) => cells)).toEqual(rows);
      }),
    );
  });
});
