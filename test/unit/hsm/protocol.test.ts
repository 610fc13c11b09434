import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { MAX_KEYS, MAX_TOKENS, readAnswer } from '../../../electron/hsm/protocol/answers.ts';
import { DECRYPT, GOOD_ANSWERS, KEY, TOKEN } from '../../fixtures/hsm/messages.ts';
import { MAX_BLOCK_BYTES, MAX_PIN_BYTES, readRequest } from '../../../electron/hsm/protocol/requests.ts';

describe('readAnswer', () => {
  it.each(GOOD_ANSWERS)('$kind', (answer) => {
    expect(readAnswer(answer)).toEqual(answer);
  });

  it('what it does not know is not taken along', () => {
    const token = { ...TOKEN, extra: 1 };
    expect(readAnswer({ id: 0, kind: 'tokens', tokens: [token], extra: 1 })).toEqual({
      id: 0,
      kind: 'tokens',
      tokens: [TOKEN],
    });
  });

  it.each([
    ['no object', 'done'],
    ['nothing', null],
    ['a list', [{ id: 0, kind: 'done' }]],
    ['no number', { kind: 'done' }],
    ['a broken number', { id: 0.5, kind: 'done' }],
    ['a negative number', { id: -1, kind: 'done' }],
    ['an unknown kind', { id: 0, kind: 'plaintext' }],
    ['too many tokens', { id: 0, kind: 'tokens', tokens: Array(MAX_TOKENS + 1).fill(TOKEN) }],
    ['tokens that are no list', { id: 0, kind: 'tokens', tokens: { length: 1, 0: TOKEN } }],
    ['a token with a long label', { id: 0, kind: 'tokens', tokens: [{ ...TOKEN, label: 'x'.repeat(65) }] }],
    ['a token with an odd slot', { id: 0, kind: 'tokens', tokens: [{ ...TOKEN, slotIdHex: '1' }] }],
    ['a token of an unknown PIN state', { id: 0, kind: 'tokens', tokens: [{ ...TOKEN, pin: 'fine' }] }],
    ['a token that is missing a field', { id: 0, kind: 'tokens', tokens: [{ ...TOKEN, serial: undefined }] }],
    ['too many keys', { id: 0, kind: 'keys', keys: Array(MAX_KEYS + 1).fill(KEY) }],
    ['a key with a huge modulus', { id: 0, kind: 'keys', keys: [{ ...KEY, modulus: new Uint8Array(5000) }] }],
    ['a key with a modulus in text', { id: 0, kind: 'keys', keys: [{ ...KEY, modulus: 'ff' }] }],
    ['a key with an odd id', { id: 0, kind: 'keys', keys: [{ ...KEY, idHex: 'a' }] }],
    ['a key with an id in capitals', { id: 0, kind: 'keys', keys: [{ ...KEY, idHex: 'AB' }] }],
    ['a block that is too long', { id: 0, kind: 'block', block: new Uint8Array(MAX_BLOCK_BYTES + 1) }],
    ['a block of another kind', { id: 0, kind: 'block', block: new Uint16Array(2) }],
    ['a return value in text', { id: 0, kind: 'ckr', ckr: '0xa0', call: 'C_Login' }],
    ['a call with blanks', { id: 0, kind: 'ckr', ckr: 5, call: 'C Login\u001b[2J' }],
    ['a long reason', { id: 0, kind: 'not-loaded', reason: 'x'.repeat(301) }],
    ['an unknown reason', { id: 0, kind: 'absent', reason: 'because' }],
  ])('%s is no answer', (_name, answer) => {
    expect(readAnswer(answer)).toBeUndefined();
  });

  it('nothing that is sent makes it throw', () => {
    fc.assert(
      fc.property(fc.anything({ withTypedArray: true, withBigInt: true, withMap: true }), (message) => {
        readAnswer(message);
        readRequest(message);
      }),
    );
  });
});

describe('readRequest', () => {
  it.each([
    { id: 0, kind: 'load', file: '/a.so', initArgs: '' },
    { id: 1, kind: 'tokens' },
    { id: 2, kind: 'open-session', slotIdHex: '0000000000000001' },
    { id: 3, kind: 'login', pin: new Uint8Array(4) },
    { id: 4, kind: 'keys' },
    DECRYPT,
    { ...DECRYPT, mechanism: 'token-raw' },
    { id: 5, kind: 'reopen' },
    { id: 6, kind: 'close' },
  ])('$kind', (request) => {
    expect(readRequest(request)).toEqual(request);
  });

  it.each([
    ['a mechanism that gives a key away', { ...DECRYPT, mechanism: 'wrap' }],
    ['software', { ...DECRYPT, mechanism: 'software' }],
    ['a long PIN', { id: 0, kind: 'login', pin: new Uint8Array(MAX_PIN_BYTES + 1) }],
    ['a PIN in text', { id: 0, kind: 'login', pin: '1234' }],
    ['no number', { kind: 'close' }],
    ['another request', { id: 0, kind: 'export' }],
  ])('%s is no request', (_name, request) => {
    expect(readRequest(request)).toBeUndefined();
  });
});
