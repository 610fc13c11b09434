import { describe, expect, it } from 'vitest';

import { assertNever } from '../../../shared/assert-never.ts';
import { CURVE_NAMES, isCurveName } from '../../../shared/curve-name.ts';
import { ERROR_CODES } from '../../../shared/error-codes.ts';
import { isUuid, parseKeyId, parseQuorumId } from '../../../shared/ids.ts';
import {
  algorithmOfCurve,
  curveOfAlgorithm,
  KEY_ALGORITHMS,
  readKeyAlgorithm,
} from '../../../shared/key-algorithm.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { settle } from '../../../shared/result.ts';
import { faultOf } from '../../fixtures/faults.ts';

const ID = '0f8fad5b-d9cb-469f-a165-70867728950e';

describe('ids', () => {
  it('are folded to lower case, blanks around them dropped', () => {
    expect(parseKeyId(` ${ID.toUpperCase()}\n`)).toBe(ID);
    expect(parseQuorumId(ID)).toBe(ID);
  });

  it.each([
    '',
    'none',
    ID.slice(1),
    `${ID}0`,
    ID.replaceAll('-', ''),
    `{${ID}}`,
    `urn:uuid:${ID}`,
    ID.replace('0f', '0g'),
    `${ID}\n${ID}`,
    '0f8fad5bd-9cb-469f-a165-70867728950e',
  ])('%j: id.malformed, naming which', (text) => {
    expect(faultOf(() => parseKeyId(text))).toEqual({ code: 'id.malformed', details: { what: 'key id' } });
    expect(faultOf(() => parseQuorumId(text))).toEqual({
      code: 'id.malformed',
      details: { what: 'quorum id' },
    });
    expect(isUuid(text)).toBe(false);
  });

  it('isUuid takes either case, and no blanks', () => {
    expect(isUuid(ID)).toBe(true);
    expect(isUuid(ID.toUpperCase())).toBe(true);
    expect(isUuid(` ${ID}`)).toBe(false);
    expect(isUuid(`${ID}\n`)).toBe(false);
  });
});

describe('RecoveryError', () => {
  const error = new RecoveryError('kit.conflict', { file: 'a', player: 1 });

  it('is its code, with a family', () => {
    expect(error).toBeInstanceOf(Error);
    expect(error.message).toBe('kit.conflict');
    expect(error.name).toBe('RecoveryError');
    expect(error.family).toBe('input');
    expect(new RecoveryError('label.mismatch').family).toBe('secret');
  });

  it('within adds where it is, and keeps what it says already', () => {
    const outer = error.within({ file: 'b', wallet: 'w' });
    expect(outer.toFault()).toEqual({ code: 'kit.conflict', details: { file: 'a', player: 1, wallet: 'w' } });
    expect(error.details).toEqual({ file: 'a', player: 1 });
  });

  it('toFault is plain data, which survives the way to another process', () => {
    expect(structuredClone(error.toFault())).toEqual({
      code: 'kit.conflict',
      details: { file: 'a', player: 1 },
    });
  });

  it('every code is of a family and named area.fault', () => {
    const families = [
      'usage',
      'input',
      'verification',
      'secret',
      'unsupported',
      'hsm',
      'guard',
      'ceremony',
      'bug',
    ];
    for (const [code, family] of Object.entries(ERROR_CODES)) {
      expect(families).toContain(family);
      expect(code).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+$/);
    }
  });
});

describe('settle', () => {
  it('gives a value', async () => {
    expect(await settle(() => 5)).toEqual({ ok: true, value: 5 });
    expect(await settle(() => Promise.resolve(5))).toEqual({ ok: true, value: 5 });
  });

  it('turns a fault into a value, thrown or rejected', async () => {
    const error = new RecoveryError('file.empty', { file: 'a' });
    const fault = { ok: false, fault: { code: 'file.empty', details: { file: 'a' } } };
    expect(
      await settle(() => {
        throw error;
      }),
    ).toEqual(fault);
    expect(await settle(() => Promise.reject(error))).toEqual(fault);
  });

  it('lets a bug through', async () => {
    await expect(
      settle(() => {
        throw new TypeError('a bug');
      }),
    ).rejects.toThrow(TypeError);
    await expect(settle(() => Promise.reject(new TypeError('a bug')))).rejects.toThrow(TypeError);
  });
});

describe('names', () => {
  it('isCurveName takes the names as they stand in the files', () => {
    for (const name of CURVE_NAMES) expect(isCurveName(name)).toBe(true);
    for (const text of ['', 'SECP256K1', 'p-256', 'Ed25519', 'toString'])
      expect(isCurveName(text)).toBe(false);
  });

  it('key algorithms and curves belong together', () => {
    for (const algorithm of KEY_ALGORITHMS)
      expect(algorithmOfCurve(curveOfAlgorithm(algorithm))).toBe(algorithm);
    expect(algorithmOfCurve('P-256')).toBeUndefined();
  });

  it('readKeyAlgorithm takes either case', () => {
    expect(readKeyAlgorithm(' secp256k1 ')).toBe('SECP256K1');
    expect(readKeyAlgorithm('Ed25519')).toBe('ED25519');
    for (const text of ['', 'ED-25519', 'secp256r1']) expect(readKeyAlgorithm(text)).toBeUndefined();
  });

  it('assertNever says the kind of what was not handled, not its value', () => {
    expect(() => assertNever('a secret' as never)).toThrow('unhandled case of kind string');
  });
});
