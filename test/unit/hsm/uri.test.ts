import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parsePkcs11Uri } from '../../../electron/hsm/uri.ts';
import { faultOf, orFault } from '../../fixtures/faults.ts';

const NOTHING = {
  token: {
    label: undefined,
    serial: undefined,
    manufacturer: undefined,
    model: undefined,
    slotId: undefined,
  },
  key: { label: undefined, idHex: undefined },
  modulePath: undefined,
  moduleName: undefined,
  pinFile: undefined,
};

describe('parsePkcs11Uri', () => {
  it.each([
    ['pkcs11:', NOTHING],
    ['PKCS11:', NOTHING],
    ['pkcs11:token=Recovery', { ...NOTHING, token: { ...NOTHING.token, label: 'Recovery' } }],
    [
      'pkcs11:object=my-key;type=private?pin-source=file:/etc/token_pin',
      { ...NOTHING, key: { label: 'my-key', idHex: undefined }, pinFile: '/etc/token_pin' },
    ],
    [
      'pkcs11:token=The%20Software%20PKCS%2311%20Softtoken;manufacturer=Snake%20Oil,%20Inc.;model=1.0;serial=4a;slot-id=18446744073709551615;object=my-certificate;id=%69%95%3E%5C%F4%BD%EC%91?module-path=/opt/x/libp11.so&pin-source=/a/b',
      {
        token: {
          label: 'The Software PKCS#11 Softtoken',
          manufacturer: 'Snake Oil, Inc.',
          model: '1.0',
          serial: '4a',
          slotId: 18446744073709551615n,
        },
        key: { label: 'my-certificate', idHex: '69953e5cf4bdec91' },
        modulePath: '/opt/x/libp11.so',
        moduleName: undefined,
        pinFile: '/a/b',
      },
    ],
    ['pkcs11:?module-name=softhsm2', { ...NOTHING, moduleName: 'softhsm2' }],
    ['pkcs11:id=a%3b', { ...NOTHING, key: { label: undefined, idHex: '613b' } }],
    ['pkcs11:token=Stra%C3%9Fe', { ...NOTHING, token: { ...NOTHING.token, label: 'Straße' } }],
    ['pkcs11:?pin-source=file:///etc/pin%20file', { ...NOTHING, pinFile: '/etc/pin file' }],
    ['pkcs11:?module-path=/a?b', { ...NOTHING, modulePath: '/a?b' }],
  ])('%s', (text, meaning) => {
    expect(parsePkcs11Uri(text)).toEqual(meaning);
  });

  it.each([
    ['token=Recovery', 'scheme', undefined],
    ['https:token=Recovery', 'scheme', undefined],
    ['', 'scheme', undefined],
    ['pkcs11:token=a;token=b', 'twice', 'token'],
    ['pkcs11:?module-path=/a&module-path=/b', 'twice', 'module-path'],
    ['pkcs11:tokn=a', 'unknown attribute', undefined],
    ['pkcs11:token', 'unknown attribute', undefined],
    ['pkcs11:;', 'unknown attribute', undefined],
    ['pkcs11:constructor=a', 'unknown attribute', undefined],
    ['pkcs11:x-vendor=a', 'unknown attribute', undefined],
    ['pkcs11:pin-value=1234', 'unknown attribute', undefined],
    ['pkcs11:?pin-value=1234', 'pin-value', 'pin-value'],
    ['pkcs11:?pin-source=|/bin/cat%20pin', 'pin-source', 'pin-source'],
    ['pkcs11:?pin-source=%7C/bin/cat', 'pin-source', 'pin-source'],
    ['pkcs11:?pin-source=https://x/pin', 'pin-source', 'pin-source'],
    ['pkcs11:?pin-source=', 'pin-source', 'pin-source'],
    ['pkcs11:type=public', 'type', 'type'],
    ['pkcs11:type=cert', 'type', 'type'],
    ['pkcs11:library-version=3', 'not used', 'library-version'],
    ['pkcs11:slot-description=x', 'not used', 'slot-description'],
    ['pkcs11:slot-id=0x1', 'value', 'slot-id'],
    ['pkcs11:slot-id=-1', 'value', 'slot-id'],
    ['pkcs11:token=a b', 'value', 'token'],
    ['pkcs11:token=a%2', 'value', 'token'],
    ['pkcs11:token=a%zz', 'value', 'token'],
    ['pkcs11:token=a/b', 'value', 'token'],
    ['pkcs11:token=%FF', 'value', 'token'],
    [`pkcs11:token=${'a'.repeat(10_000)}`, 'too long', undefined],
  ])('%s: %s', (text, reason, attribute) => {
    expect(faultOf(() => parsePkcs11Uri(text))).toEqual({
      code: 'pkcs11-uri.malformed',
      details: { reason, ...(attribute === undefined ? {} : { attribute }) },
    });
  });

  it('a label of any characters survives being written and read', () => {
    const percent = (byte: number): string => `%${byte.toString(16).padStart(2, '0')}`;
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (label) => {
        const written = [...new TextEncoder().encode(label)].map(percent).join('');
        expect(parsePkcs11Uri(`pkcs11:token=${written}`).token.label).toBe(label);
      }),
    );
  });

  it('nothing but a fault of ours comes of any text', () => {
    const parts = fc.constantFrom('token', 'id', '=', ';', '?', '&', '%', '41', 'pin-source', '|', 'a', 'ß');
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 20 }), (pieces) => {
        orFault(() => parsePkcs11Uri(`pkcs11:${pieces.join('')}`));
      }),
    );
  });
});
