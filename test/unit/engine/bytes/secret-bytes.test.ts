import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';

import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';

const reveal = (bytes: Uint8Array): number[] => [...bytes];

describe('SecretBytes', () => {
  it('copies in: the source may change or be wiped', () => {
    const source = Uint8Array.of(1, 2, 3);
    const secret = new SecretBytes(source);
    source.fill(0);
    expect(secret.use(reveal)).toEqual([1, 2, 3]);
    expect(secret.length).toBe(3);
  });

  it('leaves its source alone when it is made by copying', () => {
    const source = Uint8Array.of(1, 2, 3);
    new SecretBytes(source).wipe();
    expect(reveal(source)).toEqual([1, 2, 3]);
  });

  it('consume copies in and zero-fills the source', () => {
    const source = Uint8Array.of(1, 2, 3);
    const secret = SecretBytes.consume(source);
    expect(reveal(source)).toEqual([0, 0, 0]);
    expect(secret.use(reveal)).toEqual([1, 2, 3]);
  });

  it('consume zero-fills a view without touching what lies beside it', () => {
    const whole = Uint8Array.of(1, 2, 3, 4);
    expect(SecretBytes.consume(whole.subarray(1, 3)).use(reveal)).toEqual([2, 3]);
    expect(reveal(whole)).toEqual([1, 0, 0, 4]);
  });

  it('wipe zero-fills', () => {
    const secret = new SecretBytes(Uint8Array.of(1, 2, 3));
    const lent = secret.use((bytes) => bytes);
    secret.wipe();
    expect(reveal(lent)).toEqual([0, 0, 0]);
  });

  it('use after wipe throws, and wiping twice does not', () => {
    const secret = new SecretBytes(Uint8Array.of(1));
    secret.wipe();
    secret.wipe();
    expect(() => secret.use(reveal)).toThrow('wiped');
  });

  it('use gives back what the work gives, and lets its throw through', () => {
    const secret = new SecretBytes(Uint8Array.of(5));
    expect(secret.use((bytes) => bytes[0])).toBe(5);
    expect(() =>
      secret.use(() => {
        throw new Error('inside');
      }),
    ).toThrow('inside');
  });

  it('prints as [secret] however it is printed', () => {
    const secret = new SecretBytes(Uint8Array.of(200, 201, 202));
    const texts = [
      secret.toString(),
      String(secret),
      'a '.concat(secret as unknown as string).slice(2),
      JSON.parse(JSON.stringify(secret)) as string,
      inspect(secret),
      inspect(secret, { showHidden: true, depth: null }),
    ];
    expect(texts).toEqual(texts.map(() => '[secret]'));
    expect(inspect({ nested: [secret] }, { showHidden: true })).toContain('[secret]');
    expect(JSON.stringify({ nested: [secret] })).toBe('{"nested":["[secret]"]}');
  });

  it('shows nothing to who walks its properties', () => {
    const secret = new SecretBytes(Uint8Array.of(200, 201, 202));
    expect(Reflect.ownKeys(secret)).toEqual([]);
    expect(Object.entries(secret)).toEqual([]);
    expect(JSON.stringify(structuredClone(secret))).not.toMatch(/20[012]/);
  });
});
