import { describe, expect, it } from 'vitest';

import { aptosAddress, suiAddress } from '../../../../electron/engine/address/move.ts';
import { parseBase64 } from '../../../../electron/engine/bytes/base64.ts';
import { hexKey } from './vector-keys.ts';

describe('Aptos', () => {
  it('aptos-ts-sdk tests/unit/helper.ts, ed25519', () => {
    const publicKey = hexKey('de19e5d1880cac87d57484ce9ed2e84cf0f9599f12e7cc3a52e4e7657a763f2c');
    const address = '0x978c213990c4833df71548df7ce49d54c759d6b6d932de22b24d56060b7af2aa';
    expect(aptosAddress(publicKey)).toBe(address);
  });

  it('aptos-ts-sdk tests/unit/helper.ts, wallet: keeps a leading zero', () => {
    const publicKey = hexKey('ea526ba1710343d953461ff68641f1b7df5f23b9042ffa2d2a798d3adb3f3d6c');
    const address = '0x07968dab936c1bad187c60ce4082f307d030d780e91e694ae03aef16aba73f30';
    expect(aptosAddress(publicKey)).toBe(address);
  });
});

describe('Sui', () => {
  it.each([
    [
      'UdGRWooy48vGTs0HBokIis5NK+DUjiWc9ENUlcfCCBE=',
      '0xd77a6cd55073e98d4029b1b0b8bd8d88f45f343dad2732fc9a7965094e635c55',
    ],
    [
      '0PTAfQmNiabgbak9U/stWZzKc5nsRqokda2qnV2DTfg=',
      '0x7e8fd489c3d3cd9cc7cbcc577dc5d6de831e654edd9997d95c412d013e6eea23',
    ],
    [
      '6L/l0uhGt//9cf6nLQ0+24Uv2qanX/R6tn7lWUJX1Xk=',
      '0x3a1b4410ebe9c3386a429c349ba7929aafab739c277f97f32622b971972a14a2',
    ],
  ])('MystenLabs/sui ed25519-publickey.test.ts, rawPublicKey %s', (publicKeyBase64, address) => {
    expect(suiAddress(parseBase64(publicKeyBase64, 'vector'))).toBe(address);
  });
});
