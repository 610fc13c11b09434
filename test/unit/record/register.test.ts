import { describe, expect, it } from 'vitest';

import { parseRegister, type Register } from '../../../electron/record/register.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { asBytes, KEY_ID, OTHER_KEY_ID, QUORUM_ID } from '../../fixtures/kits.ts';

const HEADER = 'key_id,quorum_id,key_algorithm,address';
const ROW = `${KEY_ID},${QUORUM_ID},SECP256K1,0xabc`;
const parse = (...lines: readonly string[]): Register => parseRegister(asBytes(lines.join('\n')));
const faultIn = (...lines: readonly string[]) => {
  const fault = faultOf(() => parse(...lines));
  expect(fault.code).toBe('register.malformed');
  return fault.details;
};

describe('parseRegister', () => {
  const none = { environment: undefined, bucket: '', note: '', further: {} };
  const row = {
    keyId: KEY_ID,
    quorumId: QUORUM_ID,
    keyAlgorithm: 'SECP256K1',
    addresses: ['0xabc'],
    ...none,
  };

  it('reads a row for each wallet, by key id', () => {
    const register = parse(HEADER, ROW, `${OTHER_KEY_ID},${QUORUM_ID},ED25519,`);
    expect([...register]).toEqual([
      [KEY_ID, row],
      [
        OTHER_KEY_ID,
        { keyId: OTHER_KEY_ID, quorumId: QUORUM_ID, keyAlgorithm: 'ED25519', addresses: [], ...none },
      ],
    ]);
  });

  it.each([
    ['a byte-order mark', `\ufeff${HEADER}\n${ROW}\n`],
    ['CRLF', `${HEADER}\r\n${ROW}\r\n`],
    ['empty lines', `\n${HEADER}\n\n${ROW}\n\n\n`],
    [
      'quotes',
      `"key_id","quorum_id","key_algorithm","address"\n"${KEY_ID}","${QUORUM_ID}","SECP256K1","0xabc"`,
    ],
    [
      'blanks around cells',
      `key_id , quorum_id, key_algorithm,address \n ${KEY_ID} , ${QUORUM_ID}, SECP256K1 , 0xabc `,
    ],
    [
      'capitals',
      `KEY_ID,Quorum_Id,key_algorithm,ADDRESS\n${KEY_ID.toUpperCase()},${QUORUM_ID.toUpperCase()},secp256k1,0xabc`,
    ],
    ['another order', `address,key_algorithm,quorum_id,key_id\n0xabc,SECP256K1,${QUORUM_ID},${KEY_ID}`],
    ['further columns that are empty', `owner,${HEADER},,\n"",${ROW},,`],
  ])('with %s: the same', (_, text) => {
    expect([...parseRegister(asBytes(text)).values()]).toEqual([row]);
  });

  it('an address keeps its case', () => {
    expect(parse(HEADER, `${KEY_ID},${QUORUM_ID},SECP256K1,0xAbC`).get(KEY_ID)?.addresses).toEqual(['0xAbC']);
  });

  it('a header alone is a register of no wallets', () => {
    expect(parse(HEADER).size).toBe(0);
  });

  it.each(['', '\n\n', '\ufeff'])('%j: register.malformed, empty', (text) => {
    expect(faultIn(text)).toEqual({ line: 1, reason: 'empty' });
  });

  it('bytes that are no UTF-8: register.malformed', () => {
    expect(faultOf(() => parseRegister(Uint8Array.of(0xff, 0xfe)))).toMatchObject({
      code: 'register.malformed',
      details: { line: 1 },
    });
  });

  it.each(['key_id', 'quorum_id', 'key_algorithm', 'address'])(
    'a header without %s, or with it twice: names it',
    (column) => {
      const without = HEADER.split(',')
        .filter((name) => name !== column)
        .join(',');
      for (const header of [without, `${HEADER},${column}`]) {
        expect(faultIn(header, ROW)).toMatchObject({ line: 1, column });
      }
    },
  );

  it('no header: names the first column that is missing', () => {
    expect(faultIn('', ROW)).toMatchObject({ line: 2, column: 'key_id' });
  });

  it.each([
    ['a cell too few', `${KEY_ID},${QUORUM_ID},SECP256K1`],
    ['a cell too many', `${ROW},more`],
  ])('%s: names the line', (_, line) => {
    expect(faultIn(HEADER, `${OTHER_KEY_ID},${QUORUM_ID},ED25519,`, line)).toEqual({
      line: 3,
      reason: 'another number of cells than the header',
    });
  });

  it.each([
    ['key_id', `${KEY_ID.slice(1)},${QUORUM_ID},SECP256K1,`],
    ['key_id', `,${QUORUM_ID},SECP256K1,`],
    ['quorum_id', `${KEY_ID},none,SECP256K1,`],
    ['key_algorithm', `${KEY_ID},${QUORUM_ID},RSA,`],
    ['key_algorithm', `${KEY_ID},${QUORUM_ID},,`],
  ])('a bad %s: names line and column', (column, line) => {
    expect(faultIn(HEADER, '', line)).toEqual({ line: 3, column, reason: 'not understood' });
  });

  it('a wallet twice, also in another case: names line and column', () => {
    for (const again of [ROW, ROW.toUpperCase()]) {
      expect(faultIn(HEADER, ROW, again)).toEqual({ line: 3, column: 'key_id', reason: 'listed twice' });
    }
  });

  it('a fault of the CSV: names line and column', () => {
    expect(faultIn(HEADER, `${KEY_ID},"${QUORUM_ID},SECP256K1,`)).toEqual({
      line: 2,
      column: 2,
      reason: 'open quote',
    });
  });
});
