import { describe, expect, it } from 'vitest';

import type { HsmKeyView, HsmToken } from '../../../shared/hsm.ts';
import { selectKey, selectToken, type KeyWish, type TokenWish } from '../../../electron/hsm/select.ts';
import { faultOf } from '../../fixtures/faults.ts';

const token = (label: string, more: Partial<HsmToken> = {}): HsmToken => ({
  slotIdHex: '0000000000000001',
  label,
  manufacturer: 'Maker',
  model: 'M1',
  serial: `s-${label}`,
  initialized: true,
  loginRequired: true,
  pinPad: false,
  pin: 'good',
  ...more,
});
const key = (label: string, idHex: string): HsmKeyView => ({
  label,
  idHex,
  modulusBits: 4096,
  fingerprintHex: 'ab'.repeat(32),
  canDecrypt: true,
  alwaysAuthenticate: false,
});
const tokenWish = (wish: Partial<TokenWish> = {}): TokenWish => ({
  label: undefined,
  serial: undefined,
  manufacturer: undefined,
  model: undefined,
  slotId: undefined,
  ...wish,
});
const keyWish = (wish: Partial<KeyWish> = {}): KeyWish => ({ label: undefined, idHex: undefined, ...wish });

describe('selectToken', () => {
  const one = token('One');
  const two = token('Two', { slotIdHex: '000000000000000a', model: 'M2', manufacturer: 'Other' });
  const blank = token('', { initialized: false });

  it.each<[string, Partial<TokenWish>]>([
    ['label', { label: 'Two' }],
    ['serial number', { serial: 's-Two' }],
    ['manufacturer', { manufacturer: 'Other' }],
    ['model', { model: 'M2' }],
    ['slot', { slotId: 10n }],
    ['all of it', { label: 'Two', serial: 's-Two', model: 'M2', slotId: 10n }],
  ])('by %s', (_name, wish) => {
    expect(selectToken([one, two, blank], tokenWish(wish))).toBe(two);
  });

  it('the only one that was set up, where nothing is said', () => {
    expect(selectToken([blank, one], tokenWish())).toBe(one);
  });

  it('several: lists those that fit', () => {
    const fault = faultOf(() => selectToken([one, two, blank], tokenWish()));
    expect(fault).toEqual({
      code: 'hsm.token-ambiguous',
      details: { tokens: 'One (serial s-One); Two (serial s-Two)' },
    });
  });

  it('none: lists those that there are', () => {
    const fault = faultOf(() => selectToken([one], tokenWish({ label: 'one' })));
    expect(fault).toEqual({
      code: 'hsm.token-not-found',
      details: { wanted: 'one', tokens: 'One (serial s-One)' },
    });
    expect(faultOf(() => selectToken([], tokenWish())).code).toBe('hsm.token-not-found');
    expect(faultOf(() => selectToken([blank], tokenWish())).code).toBe('hsm.token-not-found');
  });

  it('one that fits in part fits not', () => {
    const fault = faultOf(() => selectToken([one, two], tokenWish({ label: 'One', serial: 's-Two' })));
    expect(fault.code).toBe('hsm.token-not-found');
  });
});

describe('selectKey', () => {
  const keys = [key('recovery', 'a1'), key('recovery', 'a2'), key('other', 'a3')];

  it.each<[Partial<KeyWish>, number]>([
    [{ label: 'other' }, 2],
    [{ idHex: 'a2' }, 1],
    [{ label: 'recovery', idHex: 'a1' }, 0],
  ])('%j', (wish, index) => {
    expect(selectKey(keys, keyWish(wish))).toBe(keys[index]);
  });

  it('the only one, where nothing is said', () => {
    expect(selectKey(keys.slice(2), keyWish())).toBe(keys[2]);
  });

  it('several: lists those that fit, and counts what would fill a screen', () => {
    const fault = faultOf(() => selectKey(keys, keyWish({ label: 'recovery' })));
    expect(fault).toEqual({
      code: 'hsm.key-ambiguous',
      details: {
        wanted: 'recovery',
        keys: 'recovery (id a1, RSA-4096, abababababababab); recovery (id a2, RSA-4096, abababababababab)',
      },
    });
    const many = Array.from({ length: 50 }, (_, i) => key('k', `0${i % 10}`));
    expect(String(faultOf(() => selectKey(many, keyWish())).details['keys'])).toMatch(/; 46 more$/);
  });

  it('none: lists those that there are', () => {
    const fault = faultOf(() => selectKey(keys, keyWish({ label: 'other', idHex: 'a1' })));
    expect(fault).toMatchObject({ code: 'hsm.key-not-found', details: { wanted: 'other, id a1' } });
    expect(fault.details['keys']).toContain('other (id a3');
    expect(faultOf(() => selectKey([], keyWish())).details).toEqual({ keys: '' });
  });
});
