import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import { describeKeyFile } from '../../../../electron/engine/rsa/describe-key-file.ts';
import { looksLikePke1, openPke1, sealPke1 } from '../../../../electron/engine/rsa/pke1.ts';
import { readRsaPrivateKey } from '../../../../electron/engine/rsa/private-key.ts';
import { encodeSecretHex } from '../../../../electron/engine/rsa/secret-text.ts';
import { faultOf, makeKeyPair, reveal, secret, utf8 } from './fixtures.ts';

/** Each derivation of 3,000,000 iterations takes seconds, so one file serves most tests. */
const PASSWORD = ' pässwörd ';
const pair = makeKeyPair();
const counting = (length: number): Uint8Array => Uint8Array.from({ length }, (_, i) => i);
let file: Uint8Array;

beforeAll(async () => {
  file = await sealPke1(encodeSecretHex(new SecretBytes(pair.pkcs8)), secret(PASSWORD), counting);
});

describe('PKE1', () => {
  it('has the layout of the format', () => {
    const [salt, nonce] = [counting(16), counting(12)];
    const key = pbkdf2Sync(utf8(PASSWORD), salt, 3_000_000, 32, 'sha512');
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const ciphertext = cipher.update(Buffer.from(pair.pkcs8).toString('hex'), 'utf8');
    cipher.final();
    expect(Buffer.from(file)).toEqual(
      Buffer.concat([utf8('PKE1'), salt, nonce, ciphertext, cipher.getAuthTag()]),
    );
  });

  it('is opened as a private key, and known by its header', async () => {
    const key = await readRsaPrivateKey(file, secret(PASSWORD));
    expect(key.kind).toBe('pke1');
    expect(key.publicKey.spkiDer).toEqual(new Uint8Array(pair.spki));
    expect(looksLikePke1(file)).toBe(true);
    expect(describeKeyFile(file)).toEqual({ kind: 'pke1', encrypted: true });
  });

  it('is opened without its header too, given a password', async () => {
    const headerless = file.subarray(4);
    const key = await readRsaPrivateKey(headerless, secret(PASSWORD));
    expect(key.kind).toBe('unknown-binary');
    expect(key.publicKey.spkiDer).toEqual(new Uint8Array(pair.spki));
    expect(looksLikePke1(headerless)).toBe(false);
    expect(await faultOf(() => readRsaPrivateKey(headerless))).toEqual({
      code: 'rsa-key.not-understood',
      details: { looksLike: 'random bytes, or an old PKE1 file without its header' },
    });
  });

  it('password trimmed: password.wrong', async () => {
    expect(await faultOf(() => openPke1(file, secret(PASSWORD.trim())))).toEqual({
      code: 'password.wrong',
      details: { container: 'PKE1' },
    });
  });

  it('no password: password.required', async () => {
    expect((await faultOf(() => readRsaPrivateKey(file))).code).toBe('password.required');
  });

  it('a wallet key given for an RSA key: rsa-key.not-understood', async () => {
    const walletKey = await sealPke1(new SecretBytes(randomBytes(32)), secret(PASSWORD), randomBytes);
    expect(walletKey).toHaveLength(80);
    expect(await faultOf(() => readRsaPrivateKey(walletKey, secret(PASSWORD)))).toEqual({
      code: 'rsa-key.not-understood',
      details: { looksLike: 'a recovered wallet key' },
    });
  });

  it('other binary files with a password: what they look like, or password.wrong', async () => {
    const archive = Buffer.concat([utf8('PK\x03\x04'), Buffer.alloc(100, 0xff)]);
    expect(await faultOf(() => readRsaPrivateKey(archive, secret(PASSWORD)))).toEqual({
      code: 'rsa-key.not-understood',
      details: { looksLike: 'a ZIP archive' },
    });
    const random = Buffer.alloc(100, 0xff);
    expect((await faultOf(() => readRsaPrivateKey(random, secret(PASSWORD)))).code).toBe('password.wrong');
  });

  it.each([4, 20, 48])('%i bytes: rsa-key.truncated, at once', async (length) => {
    const cut = file.subarray(0, length);
    expect((await faultOf(() => readRsaPrivateKey(cut, secret(PASSWORD)))).code).toBe('rsa-key.truncated');
  });

  it.each(['', '1234567', 'ééééééé', '😀😀😀😀'])(
    'sealing with "%s": password.too-short',
    async (password) => {
      expect(await faultOf(() => sealPke1(secret('x'), secret(password), randomBytes))).toEqual({
        code: 'password.too-short',
        details: { minimumCharacters: 8 },
      });
    },
  );

  it('lets the event loop live while it derives', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 20);
    const opened = await openPke1(file, secret(PASSWORD));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
    expect(Buffer.from(reveal(opened)).toString()).toBe(Buffer.from(pair.pkcs8).toString('hex'));
  });
});
