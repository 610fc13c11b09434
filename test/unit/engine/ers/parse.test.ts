import { describe, expect, it } from 'vitest';

import type { JsonValue } from '../../../../electron/engine/bytes/json.ts';
import { algorithmOf } from '../../../../electron/engine/ers/algorithm.ts';
import { summarize, type UnprovenBackup } from '../../../../electron/engine/ers/backup.ts';
import { looksLikeErs, parseErs } from '../../../../electron/engine/ers/parse.ts';
import { flipBit, makeBackup, makeVersion1, toErsJson, withParts } from '../../../fixtures/backups.ts';
import { faultOf } from '../../../fixtures/faults.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';

const key = makeRsaKey();
const made = makeBackup({ key, curve: 'ED-25519' });
const json = toErsJson(made.backup);
const version2 = makeBackup({ key, curve: 'ED-25519', version: '2', players: 2 });
const json2 = toErsJson(version2.backup);
const version1 = makeVersion1({ key, curve: 'ED-25519' });

/** The file with the fields of its second part changed; undefined takes a field away. */
function changed(fields: Record<string, JsonValue | undefined>, of = json): JsonValue {
  const parts = of.recovery_data.map((part, i) => (i === 1 ? without({ ...part, ...fields }) : part));
  return { ...of, recovery_data: parts };
}

function without(fields: Record<string, JsonValue | undefined>): Record<string, JsonValue> {
  return Object.fromEntries(
    Object.entries(fields).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}

describe('versions 2 and 3', () => {
  it('version 3 is read to the byte', () => {
    expect(parseErs(json)).toEqual(made.backup);
  });

  it('version 2 is read to the byte, commitments by their position', () => {
    expect(parseErs(json2)).toEqual(version2.backup);
  });

  it('parts in any order come out by player', () => {
    expect(parseErs({ ...json, recovery_data: json.recovery_data.toReversed() })).toEqual(made.backup);
  });

  it('one bare part is a backup of one player', () => {
    expect(parseErs(json.recovery_data[2]!)).toEqual({ ...made.backup, parts: [made.backup.parts[2]] });
  });

  it('an identical part given twice counts once', () => {
    const twice = { ...json, recovery_data: [...json.recovery_data, json.recovery_data[0]!] };
    expect(parseErs(twice)).toEqual(made.backup);
  });

  it('two different parts of one player: ers.player-conflict', () => {
    const other = { ...json.recovery_data[0]!, nonce: 'AAAA' };
    const twice = { ...json, recovery_data: [...json.recovery_data, other] };
    expect(faultOf(() => parseErs(twice))).toEqual({ code: 'ers.player-conflict', details: { player: 0 } });
  });

  it.each(['nonce', 'aux_data_public', 'aux_data_private_encrypted', 'aux_data_wrapped_encryption_key'])(
    '%s missing or null counts as empty',
    (field) => {
      const parsed = [undefined, null].map((value) => parseErs(changed({ [field]: value })));
      expect(parsed[0]).toEqual(parsed[1]);
      expect(parsed[0]).toEqual(parseErs(changed({ [field]: '' })));
    },
  );

  it('further fields are passed over', () => {
    expect(parseErs(changed({ comment: 'a note', player_count: 9 }))).toEqual(made.backup);
  });

  const MALFORMED: readonly [string, string, JsonValue | undefined][] = [
    ['version', 'missing', undefined],
    ['version', 'another than the whole', '2'],
    ['version', 'a number', 3],
    ['threshold', 'missing', undefined],
    ['threshold', 'negative', -1],
    ['threshold', 'above 255', 256],
    ['threshold', 'a fraction', 1.5],
    ['threshold', 'a text', '1'],
    ['sharing_type', 'unknown', 'Shamir'],
    ['curve', 'a number', 1],
    ['public_key', 'missing', undefined],
    ['public_key', 'null', null],
    ['es', 'an object', {}],
    ['es', 'of numbers', [1, 2]],
    ['ys', 'a text', 'AAAA'],
    ['combination', 'of texts', ['1']],
    ['combination', 'above 80', [81]],
    ['vs', 'missing', undefined],
    ['rs', 'null', null],
    ['key_share_commitments', 'an array', ['AAAA']],
    ['key_share_commitments', 'of a key with a leading zero', { '01': 'AAAA' }],
    ['key_share_commitments', 'of a negative key', { '-1': 'AAAA' }],
    ['key_share_commitments', 'of a player above 255', { '256': 'AAAA' }],
    ['nonce', 'a number', 1],
  ];
  it.each(MALFORMED)('%s %s: ers.malformed, naming player and field', (field, _, value) => {
    expect(faultOf(() => parseErs(changed({ [field]: value })))).toEqual({
      code: 'ers.malformed',
      details: { player: 1, field },
    });
  });

  it.each(['player_count', 'key_share_commitments'])('version 2 without %s: ers.malformed', (field) => {
    expect(faultOf(() => parseErs(changed({ [field]: undefined }, json2)))).toMatchObject({
      code: 'ers.malformed',
      details: { field },
    });
  });

  it('a version 3 map of commitments in version 2: ers.malformed', () => {
    const commitments = { '0': 'AAAA' };
    expect(faultOf(() => parseErs(changed({ key_share_commitments: commitments }, json2))).code).toBe(
      'ers.malformed',
    );
  });

  it.each([-1, 256, 0.5, '0', null, undefined])('player_index %s: ers.malformed', (index) => {
    expect(faultOf(() => parseErs(changed({ player_index: index })))).toMatchObject({
      code: 'ers.malformed',
      details: { field: 'player_index' },
    });
  });

  it.each(['AAA', 'AA=A', 'AAA-', 'AAAA\n', ' AAAA'])(
    '%j is no base64: text.malformed, naming player and field',
    (text) => {
      expect(faultOf(() => parseErs(changed({ vs: [text] })))).toEqual({
        code: 'text.malformed',
        details: { player: 1, what: 'vs', encoding: 'base64' },
      });
    },
  );

  it('a curve that is not known: backup.unsupported', () => {
    expect(faultOf(() => parseErs(changed({ curve: 'brainpoolP256r1' })))).toMatchObject({
      code: 'backup.unsupported',
      details: { field: 'curve' },
    });
  });

  it.each(['1', '4', '3.0', ''])('version %j of the whole: backup.unsupported', (version) => {
    expect(faultOf(() => parseErs({ ...json, version })).code).toBe('backup.unsupported');
  });

  it.each([
    ['nothing known', {}],
    ['an array', []],
    ['a text', 'AAAA'],
    ['null', null],
    ['no part at all', { version: '3', recovery_data: [] }],
    ['parts that are none', { version: '3', recovery_data: [1] }],
    ['no array of parts', { version: '3', recovery_data: {} }],
  ] as readonly [string, JsonValue][])('%s: ers.malformed', (_, value) => {
    expect(faultOf(() => parseErs(value)).code).toBe('ers.malformed');
  });
});

describe('version 1', () => {
  const read = (value: JsonValue): UnprovenBackup => parseErs(value) as UnprovenBackup;

  it('is read, curve and point out of the SubjectPublicKeyInfo', () => {
    const backup = read(version1.json);
    expect(summarize(backup)).toMatchObject({
      version: '1.0.0',
      curve: 'ED-25519',
      sharing: 'shamir',
      threshold: 1,
      players: 3,
    });
    expect(backup.publicKey).toHaveLength(32);
    expect(backup.parts.map(({ values, encryptedValues }) => [values.size, encryptedValues.size])).toEqual([
      [40, 40],
      [40, 40],
      [40, 40],
    ]);
  });

  it.each([
    ['shamir', 2, 1],
    ['shamir', 3, 1],
    ['shamir', 4, 1],
    ['shamir', 5, 2],
    ['additive', 3, 2],
    ['multiplicative', 2, 1],
  ] as const)('%s of %i players without a threshold: %i', (sharing, players, threshold) => {
    const parts = Array.from({ length: players }, () => (version1.json['key_parts'] as JsonValue[])[0]!);
    const stated = { ...version1.json, sharing_type: sharing, key_parts: parts };
    expect(read({ ...stated, threshold: 0 }).threshold).toBe(threshold);
    expect(read({ ...stated, threshold: null }).threshold).toBe(threshold);
    expect(read(without({ ...stated, threshold: undefined })).threshold).toBe(threshold);
  });

  it.each([
    ['public_key', 'AAAA'],
    ['public_key', Buffer.from(made.statement.publicKey).toString('base64')],
    ['sharing_type', 'none'],
    ['key_parts', []],
    ['key_parts', {}],
    ['key_parts', [{ commitment: 'AAAA', values: {}, encrypted_values: [] }]],
    ['key_parts', [{ commitment: 'AAAA', values: { '81': 'AAAA' }, encrypted_values: {} }]],
    ['threshold', 4],
    ['threshold', -1],
  ] as readonly [string, JsonValue][])('a bad %s: ers.malformed', (field, value) => {
    expect(faultOf(() => parseErs({ ...version1.json, [field]: value })).code).toBe('ers.malformed');
  });

  it.each(['2', '3', '1', '1.0.1'])(
    'key_parts with version %s: backup.unsupported, as Vaultody writes it',
    (version) => {
      expect(faultOf(() => parseErs({ ...version1.json, version }))).toEqual({
        code: 'backup.unsupported',
        details: { looksLike: 'a Vaultody or CryptoAPIs backup' },
      });
    },
  );
});

it('looksLikeErs goes by the shape', () => {
  for (const value of [json, json.recovery_data[0]!, version1.json]) expect(looksLikeErs(value)).toBe(true);
  for (const value of [{}, [], null, 'recovery_data', ['recovery_data'], 3])
    expect(looksLikeErs(value)).toBe(false);
});

describe('algorithmOf', () => {
  const stating = (text: string) =>
    withParts(made.backup, () => ({ auxPublic: new TextEncoder().encode(text) }));

  it('names what the aux data name', () => {
    expect(algorithmOf(stating('{"algorithm":"BIP-340"}'))).toBe('BIP-340');
  });

  it.each(['', '{}', '[]', '"ECDSA"', '{"algorithm":1}', '{"algorithm"'])('%j names none', (text) => {
    expect(algorithmOf(stating(text))).toBeUndefined();
  });

  it('bytes that are no text name none', () => {
    expect(
      algorithmOf(withParts(made.backup, () => ({ auxPublic: flipBit(Uint8Array.of(0x7f), 0, 7) }))),
    ).toBeUndefined();
  });

  it('version 1 names none', () => {
    expect(algorithmOf(parseErs(version1.json))).toBeUndefined();
  });
});

it('a backup without parts is a bug, not an input fault', () => {
  expect(() => summarize({ kind: 'proven', version: '3', parts: [] })).toThrow('at least one part');
});
