import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import type { JsonValue } from '../../../../electron/engine/bytes/json.ts';
import { curveOf } from '../../../../electron/engine/curve/curve.ts';
import { encodeSpki } from '../../../../electron/engine/curve/public-key.ts';
import { readKitFile } from '../../../../electron/engine/kit/kit-file.ts';
import { palisadeLabel } from '../../../../electron/engine/kit/label.ts';
import type { PalisadeKit } from '../../../../electron/engine/kit/palisade.ts';
import { walletPathOf } from '../../../../electron/engine/kit/wallet-path.ts';
import { reconstruct } from '../../../../electron/engine/ers/reconstruct.ts';
import { judge } from '../../../../electron/engine/ers/verdict.ts';
import { derive } from '../../../../electron/engine/derive/derive.ts';
import { softwareDecryptor } from '../../../../electron/engine/rsa/decrypt.ts';
import { makeBackup, makeVersion1, toErsJson } from '../../../fixtures/backups.ts';
import { faultOf } from '../../../fixtures/faults.ts';
import { asBytes, decodeKit, encodeKit, KEY_ID, makeKit, QUORUM_ID } from '../../../fixtures/kits.ts';
import { makeRsaKey } from '../../../fixtures/rsa.ts';
import { checksOf } from '../../../fixtures/verify.ts';

const key = makeRsaKey();
const made = makeKit(key);
const json = decodeKit(made.file);
const text = Buffer.from(made.file).toString('ascii');
const good = readKitFile(made.file);
const edwards = makeBackup({ key, curve: 'ED-25519', players: 2 });

const read = (fields: Record<string, JsonValue | undefined>): PalisadeKit => {
  const entries = Object.entries({ ...json, ...fields }).filter(
    (entry): entry is [string, JsonValue] => entry[1] !== undefined,
  );
  return readKitFile(encodeKit(Object.fromEntries(entries))) as PalisadeKit;
};
const codeOf = (content: Uint8Array | string): string =>
  faultOf(() => readKitFile(typeof content === 'string' ? asBytes(content) : content)).code;
const lookOf = (content: Uint8Array | string): unknown => {
  const fault = faultOf(() => readKitFile(typeof content === 'string' ? asBytes(content) : content));
  expect(fault.code).toBe('kit.not-understood');
  return fault.details['looksLike'];
};

describe('a Palisade kit', () => {
  it.each(['SECP256K1', 'ED25519'] as const)(
    '%s: read, valid under its label, and its wallet key is found',
    async (algorithm) => {
      const { file, secrets } = makeKit(key, algorithm);
      const kit = readKitFile(file) as PalisadeKit;
      expect(kit).toMatchObject({ kind: 'palisade-kit', index: 0, keyAlgorithm: algorithm });
      expect(kit.recoveryKey.fingerprintHex).toBe(key.publicKey.fingerprintHex);
      const label = palisadeLabel(QUORUM_ID, KEY_ID);
      const results = checksOf(edwards, kit.backup, {
        opening: { publicKey: kit.recoveryKey, label },
        stated: kit.masterPublicKey,
      });
      expect(results.every(({ outcome }) => outcome === 'passed')).toBe(true);
      expect(judge(kit.backup, results)).toEqual({ kind: 'valid' });
      const recovered = await reconstruct(kit.backup, softwareDecryptor(key, label));
      expect(recovered.privateKey.use((bytes) => Uint8Array.from(bytes))).toEqual(secrets.masterPrivateKey);
      const path = walletPathOf('palisade', recovered.curve.name);
      expect(path).toEqual(algorithm === 'SECP256K1' ? [0] : []);
      const wallet = derive({ ...recovered, chainCode: recovered.chainCode! }, path);
      expect(wallet.publicKey.equals(kit.walletPublicKey)).toBe(true);
    },
  );

  it.each([
    ['lines of 76', (text.match(/.{1,76}/g) ?? []).join('\n')],
    ['lines of 64 with CRLF', `${(text.match(/.{1,64}/g) ?? []).join('\r\n')}\r\n`],
    ['blanks and tabs', (text.match(/.{1,33}/g) ?? []).join(' \t')],
    ['blank lines around it', `\n\n  ${text}\n\n`],
    ['a byte-order mark', `\ufeff${text}`],
    ['bare JSON', JSON.stringify(json)],
    ['bare JSON, indented', JSON.stringify(json, null, 2)],
    ['bare JSON with a byte-order mark and blank lines', `\ufeff\n ${JSON.stringify(json)}\n`],
    ['base64 of indented JSON', Buffer.from(JSON.stringify(json, null, 2)).toString('base64')],
    ['base64 of JSON indented by tabs', Buffer.from(JSON.stringify(json, null, '\t')).toString('base64')],
    [
      'base64 of JSON with CRLF',
      Buffer.from(JSON.stringify(json, null, 1).replaceAll('\n', '\r\n')).toString('base64'),
    ],
    [
      'base64 of JSON with a blank after the brace',
      Buffer.from(JSON.stringify(json).replace('{', '{ ')).toString('base64'),
    ],
  ])('%s: the same kit', (_, content) => {
    expect(readKitFile(asBytes(content))).toEqual(good);
  });

  it('the inner base64 may have line breaks', () => {
    const inner = json['partialRecoveryDataHex'] as string;
    expect(read({ partialRecoveryDataHex: (inner.match(/.{1,76}/g) ?? []).join('\r\n') })).toEqual(good);
  });

  it('hex of the recovery key in capitals, and an index missing, are read', () => {
    const kit = read({
      recoveryPublicKeyHex: (json['recoveryPublicKeyHex'] as string).toUpperCase(),
      index: undefined,
    });
    expect(kit).toEqual(good);
  });

  it.each([undefined, null, ''])('keyAlgorithm %j: left for the user to say', (keyAlgorithm) => {
    expect(read({ keyAlgorithm }).keyAlgorithm).toBeUndefined();
  });

  it('keyAlgorithm in small letters is read', () => {
    expect(read({ keyAlgorithm: 'secp256k1' }).keyAlgorithm).toBe('SECP256K1');
  });

  it('keyAlgorithm of another curve than the data: kit.key-algorithm-mismatch', () => {
    expect(faultOf(() => read({ keyAlgorithm: 'ED25519' }))).toEqual({
      code: 'kit.key-algorithm-mismatch',
      details: { stated: 'ED25519', curve: 'secp256k1' },
    });
  });

  it.each(['RSA', 1, []])('keyAlgorithm %j: kit.malformed', (keyAlgorithm) => {
    expect(faultOf(() => read({ keyAlgorithm }))).toEqual({
      code: 'kit.malformed',
      details: { field: 'keyAlgorithm' },
    });
  });

  it.each(['mpcAlgorithm', 'keyType'])('%s pdkls23, in any case: kit.pdkls23', (field) => {
    for (const value of ['pdkls23', 'PDKLS23', ' pdkls23 '])
      expect(faultOf(() => read({ [field]: value })).code).toBe('kit.pdkls23');
    expect(read({ [field]: 'dkls19' })).toEqual(good);
  });

  it('pdkls23 is said before anything else that is wrong', () => {
    expect(codeOf(encodeKit({ recoveryPublicKeyHex: '', mpcAlgorithm: 'pdkls23' }))).toBe('kit.pdkls23');
  });

  it.each([
    'recoveryPublicKeyHex',
    'partialRecoveryDataHex',
    'walletRootPublicKeyPkixBase64',
    'walletPublicKeyBase64',
  ])('%s missing, null or a number: kit.malformed, naming it', (field) => {
    for (const value of [undefined, null, 7]) {
      expect(faultOf(() => read({ [field]: value }))).toEqual({ code: 'kit.malformed', details: { field } });
    }
  });

  it.each([-1, 1024, 1.5, '0'])('index %j: kit.malformed', (index) => {
    expect(faultOf(() => read({ index }))).toEqual({ code: 'kit.malformed', details: { field: 'index' } });
  });

  it('a recovery key that is no hex: text.malformed', () => {
    expect(faultOf(() => read({ recoveryPublicKeyHex: '30 82' })).code).toBe('text.malformed');
  });

  it('a recovery key that is no RSA key: refused', () => {
    expect(faultOf(() => read({ recoveryPublicKeyHex: '00112233' })).code).toBe('rsa-key.not-understood');
  });

  it('ERS data that are no JSON: json.malformed', () => {
    expect(faultOf(() => read({ partialRecoveryDataHex: 'AAAA' })).code).toBe('json.malformed');
  });

  it('ERS data with a bad field: ers.malformed, naming player and field', () => {
    const ers = toErsJson(makeBackup({ key, players: 2 }).backup);
    ers.recovery_data[1]!['es'] = 'AAAA';
    const partialRecoveryDataHex = Buffer.from(JSON.stringify(ers)).toString('base64');
    expect(faultOf(() => read({ partialRecoveryDataHex }))).toEqual({
      code: 'ers.malformed',
      details: { player: 1, field: 'es' },
    });
  });

  it('one bare part in place of the whole is read', () => {
    const backup = makeBackup({ key });
    const partialRecoveryDataHex = Buffer.from(
      JSON.stringify(toErsJson(backup.backup).recovery_data[1]),
    ).toString('base64');
    const kit = read({ partialRecoveryDataHex });
    expect(kit.backup).toEqual({ ...backup.backup, parts: [backup.backup.parts[1]] });
  });
});

describe('the public keys that a kit states', () => {
  const { points, encodePoint, encodeCompressed } = curveOf('secp256k1');
  const point = points.BASE.multiply(77n);
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

  it.each([
    ['SubjectPublicKeyInfo, 88 bytes', encodeSpki(curveOf('secp256k1'), encodePoint(point)), 88],
    ['SubjectPublicKeyInfo, compressed', encodeSpki(curveOf('secp256k1'), encodeCompressed(point)), 56],
    ['65 bytes', encodePoint(point), 65],
    ['33 bytes', encodeCompressed(point), 33],
  ])('secp256k1 as %s', (_, bytes, length) => {
    expect(bytes).toHaveLength(length);
    const kit = read({ walletPublicKeyBase64: base64(bytes), walletRootPublicKeyPkixBase64: base64(bytes) });
    expect(kit.walletPublicKey.equals(point)).toBe(true);
    expect(kit.masterPublicKey.equals(point)).toBe(true);
  });

  it.each([
    ['SubjectPublicKeyInfo, 44 bytes', encodeSpki(curveOf('ED-25519'), edwards.statement.publicKey), 44],
    ['32 bytes', edwards.statement.publicKey, 32],
  ])('ED-25519 as %s', (_, bytes, length) => {
    expect(bytes).toHaveLength(length);
    const kit = read({
      keyAlgorithm: 'ED25519',
      partialRecoveryDataHex: Buffer.from(JSON.stringify(toErsJson(edwards.backup))).toString('base64'),
      walletPublicKeyBase64: base64(bytes),
      walletRootPublicKeyPkixBase64: base64(bytes),
    });
    expect(kit.walletPublicKey.equals(edwards.master)).toBe(true);
    expect(kit.masterPublicKey.equals(edwards.master)).toBe(true);
  });

  it.each([
    [
      'of another curve',
      encodeSpki(curveOf('P-256'), curveOf('P-256').encodePoint(curveOf('P-256').points.BASE)),
    ],
    ['of the other algorithm', edwards.statement.publicKey],
    ['off the curve', encodePoint(point).map((byte, i) => (i === 64 ? byte ^ 1 : byte))],
    ['empty', new Uint8Array()],
  ])('%s: kit.malformed, naming the field', (_, bytes) => {
    for (const field of ['walletPublicKeyBase64', 'walletRootPublicKeyPkixBase64']) {
      expect(faultOf(() => read({ [field]: base64(bytes) }))).toEqual({
        code: 'kit.malformed',
        details: { field },
      });
    }
  });
});

describe('half a download', () => {
  it.each([1, 2, 3, 4, 100, 101, 5000])(
    'base64 short of its last %i characters: kit.truncated',
    (missing) => {
      expect(codeOf(text.slice(0, -missing))).toBe('kit.truncated');
    },
  );

  it.each([4, 5, 40, 1000, 3333])('the first %i characters of base64: kit.truncated', (length) => {
    expect(codeOf(text.slice(0, length))).toBe('kit.truncated');
  });

  it.each([1, 2, 30, 5000])('bare JSON short of its last %i characters: kit.truncated', (missing) => {
    expect(codeOf(JSON.stringify(json).slice(0, -missing))).toBe('kit.truncated');
  });

  it('ERS JSON cut after a part of it ends: kit.truncated', () => {
    const ers = JSON.stringify(toErsJson(makeBackup({ key, players: 2 }).backup));
    const afterFirstPart = ers.indexOf('},{') + 1;
    expect(codeOf(ers.slice(0, afterFirstPart + 1))).toBe('kit.truncated');
    expect(codeOf(ers.slice(0, afterFirstPart))).toBe('kit.truncated');
  });

  it('damage in the middle is not half a download', () => {
    expect(codeOf(JSON.stringify(json).replace(':', ';'))).toBe('json.malformed');
    expect(codeOf(`${text.slice(0, 500)}*${text.slice(501)}`)).toBe('text.malformed');
  });

  it('an empty file: file.empty', () => {
    expect(codeOf(new Uint8Array())).toBe('file.empty');
  });
});

describe('ERS data in a file of its own', () => {
  it.each(['2', '3'] as const)('version %s', (version) => {
    const { backup } = makeBackup({ key, version, players: 2, curve: 'ED-25519' });
    expect(readKitFile(asBytes(JSON.stringify(toErsJson(backup))))).toEqual({ kind: 'ers', backup });
    expect(readKitFile(encodeKit(toErsJson(backup)))).toEqual({ kind: 'ers', backup });
  });

  it('version 1', () => {
    const file = asBytes(JSON.stringify(makeVersion1({ key, players: 2 }).json, null, 2));
    expect(readKitFile(file)).toMatchObject({ kind: 'ers', backup: { kind: 'unproven', version: '1.0.0' } });
  });
});

describe('what other vendors write', () => {
  it.each(['ecdsaRecoveryInfo', 'eddsaRecoveryInfo'])('Liminal, by %s: backup.unsupported', (field) => {
    expect(faultOf(() => readKitFile(asBytes(JSON.stringify({ [field]: '7b7d' }))))).toEqual({
      code: 'backup.unsupported',
      details: { looksLike: 'a Liminal backup' },
    });
  });

  it.each(['2', '3'])('Vaultody, key_parts with version %s: backup.unsupported', (version) => {
    const file = asBytes(JSON.stringify({ version, key_parts: [{ index: 0, data: 'AAAA' }] }));
    expect(faultOf(() => readKitFile(file))).toEqual({
      code: 'backup.unsupported',
      details: { looksLike: 'a Vaultody or CryptoAPIs backup' },
    });
  });
});

describe('what is no kit is answered with what it looks like', () => {
  it.each([
    ['-----BEGIN PRIVATE KEY-----\nMII', 'a private key in PEM'],
    ['-----BEGIN RSA PRIVATE KEY-----\nMII', 'a private key in PEM'],
    ['-----BEGIN ENCRYPTED PRIVATE KEY-----\nMII', 'a private key in PEM'],
    ['\n-----BEGIN PUBLIC KEY-----\nMII', 'a public key in PEM'],
    ['-----BEGIN CERTIFICATE-----\nMII', 'a certificate'],
    ['PKE1abc', 'a PKE1-encrypted private key'],
    ['key_id,quorum_id,key_algorithm,address\n', 'a register of wallets'],
    [
      '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code></Error>',
      'an error message of the bucket, saved in place of the file',
    ],
    ['<!DOCTYPE html><html>', 'a web page'],
    ['<html>', 'a web page'],
    ['<?xml version="1.0"?><a/>', 'XML'],
    ['%PDF-1.7', 'a PDF'],
    [Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 0xff]), 'a zip archive: unpack it first'],
    [Uint8Array.from(gzipSync('x')), 'a gzip archive: unpack it first'],
    [makeRsaKey(512).publicKey.spkiDer, 'a binary file'],
    [makeRsaKey(1152).publicKey.spkiDer.slice(), 'a binary file'],
    [makeRsaKey(2048).publicKey.spkiDer, 'a key in binary DER'],
    [Buffer.from(makeRsaKey(2048).publicKey.spkiDer).toString('hex'), 'a key in hex'],
    ['[{"a":1}]', 'a JSON array'],
    ['{"a":1}', 'JSON of another kind'],
    ['just some words', 'text of another kind'],
    ['\u0001\u0002', 'a binary file'],
    [Uint8Array.from([0xff, 0xfe, 0x41, 0x00]), 'a binary file'],
    ['   \n ', 'text of another kind'],
  ])('%#: %s', (content, words) => {
    expect(lookOf(content)).toBe(words);
  });

  it('nothing of the content is repeated', () => {
    const secret = 'correct horse battery staple';
    const fault = faultOf(() => readKitFile(asBytes(`-----BEGIN PRIVATE KEY-----\n${secret}`)));
    expect(JSON.stringify(fault)).not.toContain('horse');
  });
});
