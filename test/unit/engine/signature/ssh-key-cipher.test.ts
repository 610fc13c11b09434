import bcryptPbkdf from 'bcrypt-pbkdf';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import { deriveSshCipherKey } from '../../../../electron/engine/signature/ssh-key-cipher.ts';

describe('the key that a password of OpenSSH gives', () => {
  const bytes = fc.uint8Array({ minLength: 1, maxLength: 100 });

  it('is that of the package’s own derivation', async () => {
    await fc.assert(
      fc.asyncProperty(bytes, bytes, fc.integer({ min: 1, max: 3 }), async (password, salt, rounds) => {
        const wanted = new Uint8Array(48);
        bcryptPbkdf.pbkdf(password, password.length, salt, salt.length, wanted, wanted.length, rounds);
        expect(await deriveSshCipherKey(new SecretBytes(password), { salt, rounds })).toEqual(wanted);
      }),
      { numRuns: 20 },
    );
  });

  it('is none for an empty password', async () => {
    const empty = new SecretBytes(new Uint8Array(0));
    expect(await deriveSshCipherKey(empty, { salt: new Uint8Array(16), rounds: 1 })).toBeUndefined();
  });

  it('is derived without holding up the event loop', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 10);
    const password = new SecretBytes(new TextEncoder().encode('a long passphrase'));
    await deriveSshCipherKey(password, { salt: new Uint8Array(16), rounds: 40 });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(10);
  });
});
