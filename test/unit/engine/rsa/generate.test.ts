import { describe, expect, it } from 'vitest';
import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import { generateRsaKeyPair } from '../../../../electron/engine/rsa/generate.ts';
import { readRsaPrivateKey } from '../../../../electron/engine/rsa/private-key.ts';
import { faultOf, reveal } from './fixtures.ts';

describe('key generation', () => {
  it('4096 bits unless told: a SubjectPublicKeyInfo of 550 bytes that begins 30820222', async () => {
    const { spkiDer, pkcs1Der } = await generateRsaKeyPair();
    expect(spkiDer).toHaveLength(550);
    expect(Buffer.from(spkiDer.subarray(0, 4)).toString('hex')).toBe('30820222');
    expect(pkcs1Der).toBeInstanceOf(SecretBytes);
    const key = await readRsaPrivateKey(reveal(pkcs1Der));
    expect(key.kind).toBe('pkcs1-der');
    expect(key.publicKey).toMatchObject({ spkiDer, modulusBits: 4096, exponent: 65_537n });
    const native = key.keyObject.export({ type: 'pkcs1', format: 'der' });
    expect(Buffer.from(reveal(pkcs1Der))).toEqual(native);
  });

  it('two pairs differ', async () => {
    const [a, b] = [await generateRsaKeyPair(2048), await generateRsaKeyPair(2048)];
    expect(a.spkiDer).not.toEqual(b.spkiDer);
  });

  it.each([0, 1024, 2049, 3000, 16_512, Number.NaN, 2048.5])('%d bits: usage.invalid', async (bits) => {
    expect((await faultOf(() => generateRsaKeyPair(bits))).code).toBe('usage.invalid');
  });
});
