import { describe, expect, it } from 'vitest';

import { compareRegister, type WalletFacts } from '../../../electron/record/compare-register.ts';
import { addRow, changeRow, emptyRegister, removeRow } from '../../../electron/record/edit-register.ts';
import { checkDrillRow, registerWarnings } from '../../../electron/record/environments.ts';
import { parseRegister, writeRegisterCsv, writeRegisterJson } from '../../../electron/record/register.ts';
import { addressesOf } from '../../../electron/engine/address/addresses.ts';
import type { RegisterDraft, RegisterField } from '../../../shared/register.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { asBytes, KEY_ID, OTHER_KEY_ID, QUORUM_ID } from '../../fixtures/kits.ts';

const draft: RegisterDraft = {
  key_id: KEY_ID,
  quorum_id: QUORUM_ID,
  key_algorithm: 'secp256k1',
  address: '0xabc\nbc1q ',
  environment: 'Sandbox',
  bucket: 'acme',
  note: '=1+1',
};
const one = addRow(emptyRegister(), draft);
const publicKey = new Uint8Array(
  Buffer.from('0279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798', 'hex'),
);
const addresses = addressesOf('secp256k1', publicKey);

describe('an edited register', () => {
  it('has what was typed, folded and trimmed', () => {
    expect(one.get(KEY_ID)).toEqual({
      keyId: KEY_ID,
      quorumId: QUORUM_ID,
      keyAlgorithm: 'SECP256K1',
      addresses: ['0xabc', 'bc1q'],
      environment: 'sandbox',
      bucket: 'acme',
      note: '=1+1',
      further: {},
    });
  });

  it.each<[RegisterField, string]>([
    ['key_id', 'x'],
    ['quorum_id', ''],
    ['key_algorithm', 'RSA'],
    ['address', Array.from({ length: 21 }, (_, i) => `a${i}`).join(' ')],
    ['address', 'a'.repeat(201)],
    ['environment', 'test'],
    ['bucket', 'a\nb'],
    ['note', 'a\u0000'],
    ['note', '\ud800'],
    ['note', 'n'.repeat(2001)],
  ])('a bad %s: register.row-invalid, naming it', (field, text) => {
    expect(faultOf(() => addRow(emptyRegister(), { ...draft, [field]: text }))).toEqual({
      code: 'register.row-invalid',
      details: { field, reason: 'not understood' },
    });
  });

  it('refuses a key id twice, in a new row and in a changed one', () => {
    const two = addRow(one, { ...draft, key_id: OTHER_KEY_ID });
    for (const work of [() => addRow(one, draft), () => changeRow(two, OTHER_KEY_ID, draft)]) {
      expect(faultOf(work)).toMatchObject({ code: 'register.row-invalid', details: { field: 'key_id' } });
    }
  });

  it('changes a row in its place and keeps columns of the custodian', () => {
    const text = `key_id,quorum_id,key_algorithm,address,owner\n${KEY_ID},${QUORUM_ID},SECP256K1,,treasury\n${OTHER_KEY_ID},${QUORUM_ID},ED25519,,\n`;
    const changed = changeRow(parseRegister(asBytes(text)), KEY_ID, { ...draft, note: 'new' });
    expect([...changed.keys()]).toEqual([KEY_ID, OTHER_KEY_ID]);
    expect(changed.get(KEY_ID)).toMatchObject({ note: 'new', further: { owner: 'treasury' } });
  });

  it('loses a removed row; what is not there is register.not-listed', () => {
    expect(removeRow(one, KEY_ID).size).toBe(0);
    expect(one.size).toBe(1);
    for (const work of [() => removeRow(one, OTHER_KEY_ID), () => changeRow(one, OTHER_KEY_ID, draft)])
      expect(faultOf(work).code).toBe('register.not-listed');
  });

  it('is written with an apostrophe before a formula, which is not read', () => {
    const csv = writeRegisterCsv(one);
    expect(new TextDecoder().decode(csv)).toContain(",'=1+1\r\n");
    expect(parseRegister(csv).get(KEY_ID)?.note).toBe('=1+1');
  });
});

describe('a register in JSON', () => {
  const json = (value: unknown): string =>
    JSON.stringify({ format: 'breakglass-register', version: 1, wallets: value });
  const good = {
    key_id: KEY_ID,
    quorum_id: QUORUM_ID,
    key_algorithm: 'ED25519',
    address: ['a', 'b'],
    owner: 'x',
  };
  const fault = (text: string) => faultOf(() => parseRegister(asBytes(text)));

  it('is read with a byte-order mark, and one address may stand by itself', () => {
    const register = parseRegister(asBytes(`\ufeff${json([{ ...good, address: 'a' }])}`));
    expect(register.get(KEY_ID)).toMatchObject({ addresses: ['a'], further: { owner: 'x' } });
  });

  it('of more rows than a kit may have entries is read', () => {
    const rows = Array.from({ length: 3000 }, (_, i) => ({
      ...good,
      key_id: `${KEY_ID.slice(0, -4)}${i.toString(16).padStart(4, '0')}`,
    }));
    const register = parseRegister(asBytes(json(rows)));
    expect(register.size).toBe(3000);
    expect([...parseRegister(writeRegisterJson(register))]).toEqual([...register]);
  });

  it.each([
    [
      'row and field',
      json([good, { ...good, key_id: OTHER_KEY_ID, quorum_id: 7 }]),
      { row: 2, column: 'quorum_id' },
    ],
    ['a field that is missing', json([{ ...good, key_id: undefined }]), { row: 1, column: 'key_id' }],
    ['a wallet twice', json([good, good]), { row: 2, column: 'key_id', reason: 'listed twice' }],
    ['a blank in an address', json([{ ...good, address: ['a b'] }]), { row: 1, column: 'address' }],
    ['a further field that is no text', json([{ ...good, owner: { a: 1 } }]), { row: 1, column: 'owner' }],
    ['a known field in other letters', json([{ ...good, Note: 'x' }]), { row: 1, column: 'Note' }],
    ['a row that is no object', json([good, 'x']), { row: 2 }],
    ['another document', '{"a":1}', { reason: 'not a register in JSON' }],
    ['a field beside the wallets', json([]).replace('{', '{"more":1,'), { column: 'more' }],
    ['no JSON', '{"format":', {}],
  ])('%s: register.malformed, naming it', (_, text, details) => {
    expect(fault(text)).toMatchObject({ code: 'register.malformed', details });
  });
});

describe('environments', () => {
  const both = addRow(one, { ...draft, key_id: OTHER_KEY_ID, environment: 'production' });

  it('that are mixed are told with their rows; one alone, or none, is not', () => {
    expect(registerWarnings(both)).toEqual([
      {
        code: 'register.mixed-environments',
        details: { sandbox: 1, production: 1, sandboxRows: KEY_ID, productionRows: OTHER_KEY_ID },
      },
    ]);
    expect(registerWarnings(one)).toEqual([]);
    expect(registerWarnings(addRow(one, { ...draft, key_id: OTHER_KEY_ID, environment: '' }))).toEqual([]);
  });

  it('keep a drill from a production wallet', () => {
    const production = both.get(OTHER_KEY_ID);
    expect(
      faultOf(() => {
        checkDrillRow(production, 'drill');
      }).code,
    ).toBe('guard.drill-on-production');
    checkDrillRow(production, 'live');
    checkDrillRow(both.get(KEY_ID), 'drill');
    checkDrillRow(undefined, 'drill');
  });
});

describe('compareRegister', () => {
  const facts: WalletFacts = {
    keyId: KEY_ID,
    files: ['f'],
    bucket: 'acme',
    said: { curve: 'secp256k1', addresses },
  };
  const good = addRow(emptyRegister(), { ...draft, address: addresses[0]!.address });
  const codesOf = (register: typeof one, ...wallets: readonly WalletFacts[]): readonly string[] =>
    compareRegister(register, wallets).map(
      ({ found }) => (found.kind === 'fault' ? found.fault : found.warning).code,
    );

  it('finds nothing where all agree', () => {
    expect(codesOf(good, facts)).toEqual([]);
  });

  it.each<[string, typeof one, readonly WalletFacts[], readonly string[]]>([
    ['a row without files', good, [], ['register.files-missing']],
    ['files without a row', emptyRegister(), [facts], ['register.not-listed']],
    [
      'files that can’t be read are no missing files',
      good,
      [{ ...facts, said: { fault: { code: 'kit.truncated', details: {} } } }],
      ['kit.truncated'],
    ],
    [
      'another algorithm',
      changeRow(good, KEY_ID, { ...draft, key_algorithm: 'ED25519' }),
      [facts],
      ['kit.key-algorithm-mismatch'],
    ],
    [
      'two addresses, one of them wrong',
      changeRow(good, KEY_ID, { ...draft, address: `${addresses[0]!.address} 0xabc` }),
      [facts],
      ['address.mismatch'],
    ],
    ['another bucket', good, [{ ...facts, bucket: 'other' }], ['register.other-bucket']],
    ['a bucket that nobody knows', good, [{ ...facts, bucket: undefined }], []],
    ['no address', changeRow(good, KEY_ID, { ...draft, address: '' }), [facts], ['register.no-address']],
  ])('%s', (_, register, wallets, codes) => {
    expect(codesOf(register, ...wallets)).toEqual(codes);
  });
});
