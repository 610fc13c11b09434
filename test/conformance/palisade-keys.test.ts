import { decryptWith } from '../unit/engine/rsa/fixtures.ts';
import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SecretBytes } from '../../electron/engine/bytes/secret-bytes.ts';
import { labelMismatchProbe } from '../../electron/engine/rsa/decrypt.ts';
import { describeKeyFile } from '../../electron/engine/rsa/describe-key-file.ts';
import { prepareOaep } from '../../electron/engine/rsa/oaep.ts';
import { openPke1 } from '../../electron/engine/rsa/pke1.ts';
import { readRsaPrivateKey } from '../../electron/engine/rsa/private-key.ts';
import { parseRsaPublicKey, sameRsaKey } from '../../electron/engine/rsa/public-key.ts';
import { describeVectors, readVectors } from '../vectors.ts';

const secret = (text: string): SecretBytes => new SecretBytes(new TextEncoder().encode(text));
const base64 = (text: string): Uint8Array => Buffer.from(text, 'base64');
const hexOf = (bytes: SecretBytes): string => bytes.use((lent) => Buffer.from(lent).toString('hex'));

interface Part {
  readonly es: readonly string[];
  readonly vs: readonly string[];
  readonly rs: readonly string[];
  readonly combination: readonly number[];
  readonly aux_data_wrapped_encryption_key: string;
}

interface PalisadeWallet {
  readonly keyId: string;
  readonly quorumId: string;
  readonly files: readonly string[];
  readonly recoveryKeys: readonly number[];
  readonly palisadeCli: { readonly privateKeyBase64: string };
}

interface ErsVector {
  readonly label: string;
  readonly curve: string;
  readonly sharingType: string;
  readonly ersPrivateKeyPkcs8Base64: string;
  readonly recoveryData: {
    readonly master_chain_code_key?: string;
    readonly recovery_data?: readonly Part[];
  };
}

/** Each opened ciphertext, made again from its value, seed and label. */
function expectOpenings(part: Part, encrypt: (message: Uint8Array, seed: Uint8Array) => Uint8Array): void {
  for (const [i, index] of part.combination.entries()) {
    const again = encrypt(base64(part.vs[i]!), base64(part.rs[i]!));
    expect(Buffer.from(again).toString('base64')).toBe(part.es[index]);
  }
}

describeVectors('Palisade recovery keys', (root) => {
  const folder = join(root, 'palisade');
  const file = (name: string): Uint8Array => readFileSync(join(folder, name));
  const wallets = readVectors<PalisadeWallet>(root, 'palisade/expected.json');

  it.each(['recovery-0', 'recovery-1'])('%s: DER and hex give the key of the public file', async (name) => {
    const der = await readRsaPrivateKey(file(`${name}.private.der`));
    const hex = await readRsaPrivateKey(file(`${name}.private.hex`));
    const publicDer = file(`${name}.public.der`);
    const publicKey = parseRsaPublicKey(publicDer);
    expect(sameRsaKey(der.publicKey, publicKey) && sameRsaKey(hex.publicKey, publicKey)).toBe(true);
    expect(publicKey).toMatchObject({ modulusBits: 4096, exponent: 65_537n });
    expect(Buffer.from(publicKey.spkiDer)).toEqual(publicDer);
    expect(publicDer).toHaveLength(550);
    expect(der.warnings).toEqual([]);
    expect(der.kind.replace('der', 'hex')).toBe(hex.kind);
  });

  it('the two keys are two', () => {
    const [a, b] = [file('recovery-0.public.der'), file('recovery-1.public.der')].map(parseRsaPublicKey);
    expect(sameRsaKey(a!, b!)).toBe(false);
  });

  it('pke1.private: the private key of pke1.public.der', async () => {
    const key = await readRsaPrivateKey(file('pke1.private'), secret('correct horse battery'));
    expect(key.kind).toBe('pke1');
    expect(sameRsaKey(key.publicKey, parseRsaPublicKey(file('pke1.public.der')))).toBe(true);
    const plaintext = await openPke1(file('pke1.private'), secret('correct horse battery'));
    const pkcs1Der = key.keyObject.export({ type: 'pkcs1', format: 'der' });
    expect(plaintext.use((lent) => Buffer.from(lent).toString())).toBe(pkcs1Der.toString('hex'));
    expect(describeKeyFile(file('pke1.private'))).toEqual({ kind: 'pke1', encrypted: true });
  });

  it.each([
    ['recovered-secp256k1.pke1', 0],
    ['recovered-ed25519.pke1', 1],
  ])('%s: the wallet key that the CLI printed', async (name, index) => {
    const opened = await openPke1(file(name), secret('Pässwörd with ünicode 1'));
    expect(opened).toHaveLength(32);
    const printed = base64(wallets[index]!.palisadeCli.privateKeyBase64);
    expect(hexOf(opened)).toBe(Buffer.from(printed).toString('hex'));
  });

  it.each(wallets.flatMap((wallet) => wallet.files.map((name) => [wallet.keyId, name, wallet] as const)))(
    '%s/%s: openings encrypt again to what stands there, the chain code key decrypts',
    async (keyId, name, wallet) => {
      const kitText = readFileSync(join(folder, 'bucket', keyId, name), 'utf8').replace(/\s/g, '');
      const kit = JSON.parse(Buffer.from(base64(kitText)).toString()) as Record<string, string>;
      const publicKey = parseRsaPublicKey(kit['recoveryPublicKeyHex']!);
      const ers = JSON.parse(Buffer.from(base64(kit['partialRecoveryDataHex']!)).toString()) as
        { readonly recovery_data: readonly Part[] } | Part;
      const parts = 'recovery_data' in ers ? ers.recovery_data : [ers];
      const label = createHash('sha256').update(`${wallet.quorumId}-${wallet.keyId}`).digest();
      const { encrypt } = prepareOaep(publicKey, label);
      for (const part of parts) expectOpenings(part, encrypt);

      const keys = await Promise.all([0, 1].map((n) => readRsaPrivateKey(file(`recovery-${n}.private.der`))));
      const key = keys.find((candidate) => sameRsaKey(candidate.publicKey, publicKey))!;
      const wrapped = base64(parts[0]!.aux_data_wrapped_encryption_key);
      expect([16, 32]).toContain((await decryptWith(key, wrapped, label)).length);
      expect(labelMismatchProbe(key, wrapped)).toBe('label');
      const otherKey = keys.find((candidate) => candidate !== key)!;
      expect(labelMismatchProbe(otherKey, wrapped)).toBe('key');
    },
  );
});

describeVectors('RSA keys of ERS vectors', (root) => {
  describe.each(['recover-v1', 'recover-v2', 'recover-v3'])('%s', (name) => {
    const vectors = readVectors<ErsVector>(root, `ers/${name}.json`);

    it.each(vectors.map((vector, i) => [i, vector.curve, vector.sharingType, vector] as const))(
      '%i (%s, %s): the key reads, decrypts, and encrypts the openings again',
      async (_index, _curve, _sharing, vector) => {
        const key = await readRsaPrivateKey(base64(vector.ersPrivateKeyPkcs8Base64));
        const bits = key.publicKey.modulusBits;
        expect(key.warnings).toEqual(bits < 2048 ? [{ code: 'rsa-key.small', bits }] : []);
        const label = new TextEncoder().encode(vector.label);
        const { master_chain_code_key: oldKey, recovery_data: parts = [] } = vector.recoveryData;
        const wrapped = oldKey ?? parts[0]!.aux_data_wrapped_encryption_key;
        expect([16, 32]).toContain((await decryptWith(key, base64(wrapped), label)).length);
        const { encrypt } = prepareOaep(key.publicKey, label);
        for (const part of parts) expectOpenings(part, encrypt);
      },
    );
  });
});
