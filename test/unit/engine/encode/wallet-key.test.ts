import { describe, expect, it } from 'vitest';

import {
  EXPORT_FORMATS,
  EXPORT_FORMAT_NAMES,
  isClearFormat,
  type ExportFormat,
} from '../../../../shared/export-format.ts';
import { encodeKey } from '../../../../electron/engine/encode/codecs.ts';
import {
  needsKeyPassword,
  readWalletKey,
  walletKeyFormat,
} from '../../../../electron/engine/encode/wallet-key.ts';
import { systemRandom } from '../../../random.ts';
import { describeOpenssl, openssl } from '../rsa/openssl.ts';
import { bytesOf, hexOf, sampleKey, secretOf, textOf } from './sample-key.ts';

const ports = { password: secretOf('a long passphrase'), randomBytes: systemRandom };
const utf8 = new TextEncoder();
/** The curves that a file of the format does not name, and that 32 bytes are not held for. */
const NAMELESS = ['pke1', 'age', 'hex', 'base64'];

/** Two schemes of PKCS#8, and two texts, are told apart by nobody, and read alike. */
const READ_AS: Partial<Record<ExportFormat, ExportFormat>> = {
  'pkcs8-pbkdf2': 'pkcs8-scrypt',
  base64: 'hex',
};

describe('every format that is written is known again and read', () => {
  const pairs = EXPORT_FORMAT_NAMES.flatMap((format) => {
    const { curves } = EXPORT_FORMATS[format];
    return (isClearFormat(format) ? curves : [curves[0], curves.at(-1)!]).map((curve) => ({ format, curve }));
  });

  it.each(pairs)('$format of $curve', async ({ format, curve }) => {
    const key = sampleKey(curve);
    const content = bytesOf(await encodeKey(format, key, ports));
    const found = walletKeyFormat(content);
    expect(found).toBe(READ_AS[format] ?? format);
    expect(needsKeyPassword(found!)).toBe(!isClearFormat(format));
    const chosen = NAMELESS.includes(format) ? curve : undefined;
    const read = await readWalletKey(found!, content, ports.password, chosen);
    const wanted = format === 'xprv' ? key.master : key;
    expect(read.curve.name).toBe(curve);
    expect(hexOf(read.privateKey)).toBe(hexOf(wanted.privateKey));
    expect(read.publicKey.equals(wanted.publicKey)).toBe(true);
    expect(read.chainCode === undefined).toBe(format !== 'xprv');
  });

  it('32 bare bytes, also when the first is a brace', async () => {
    const bytes = Uint8Array.of(0x7b, ...new Uint8Array(31));
    expect(walletKeyFormat(bytes)).toBe('bare');
    expect((await readWalletKey('bare', bytes, undefined)).curve.name).toBe('secp256k1');
  });

  it('a length that one curve alone has names the curve', async () => {
    const content = bytesOf(await encodeKey('hex', sampleKey('P-384'), ports));
    expect((await readWalletKey('hex', content, undefined)).curve.name).toBe('P-384');
  });
});

describe('what is refused', () => {
  it.each([
    ['edwards-scalar', 'ED-25519'],
    ['ed25519-expanded', 'ED-25519'],
    ['age', 'ED-25519'],
    ['sec1-pem', 'P-256'],
  ] as const)('%s, which names %s, held for secp256k1', async (format, curve) => {
    const content = bytesOf(await encodeKey(format, sampleKey(curve), ports));
    await expect(readWalletKey(format, content, ports.password, 'secp256k1')).rejects.toMatchObject({
      code: 'wallet-key.other-curve',
      details: { found: curve, wanted: 'secp256k1' },
    });
  });

  it('a file that contradicts itself', async () => {
    const { publicKey } = sampleKey('secp256k1');
    const content = bytesOf(await encodeKey('sec1-pem', { ...sampleKey('secp256k1'), publicKey }, ports));
    await expect(readWalletKey('sec1-pem', content, undefined)).rejects.toMatchObject({
      code: 'wallet-key.contradictory',
    });
  });

  it.each([
    ['WIF with a wrong checksum', 'wif', (text: string) => text.replace(/...$/m, 'zzz')],
    ['an extended key with a wrong checksum', 'xprv', (text: string) => text.replace(/...$/m, 'zzz')],
    ['a label without a key', 'edwards-scalar', (text: string) => text.replace(/^[0-9a-f]+$/m, '')],
    ['a PEM that is cut', 'sec1-pem', (text: string) => text.slice(0, 120)],
  ] as const)('%s', async (_name, format, change) => {
    const key = sampleKey(EXPORT_FORMATS[format].curves[0]!);
    const content = utf8.encode(change(textOf(await encodeKey(format, key, ports))));
    const found = walletKeyFormat(content);
    expect(found).toBe(format);
    await expect(readWalletKey(found!, content, undefined)).rejects.toMatchObject({
      code: 'wallet-key.not-understood',
    });
  });

  it.each(['', 'hello!', '%PDF-1.7', '-----BEGIN CERTIFICATE-----\nMII=\n-----END CERTIFICATE-----'])(
    'a file of no format: %j',
    (text) => {
      expect(walletKeyFormat(utf8.encode(text))).toBe(text === '' ? 'hex' : undefined);
    },
  );
});

describeOpenssl('what OpenSSL writes', () => {
  it.each(['secp256k1', 'prime256v1', 'secp521r1'])('an EC key of %s', async (name) => {
    const pem = openssl(['ecparam', '-name', name, '-genkey', '-noout']);
    const { curve, publicKey } = await readWalletKey('sec1-pem', pem, undefined);
    const der = openssl(['ec', '-pubout', '-outform', 'DER'], pem);
    expect(Buffer.from(der).includes(Buffer.from(curve.encodePoint(publicKey)))).toBe(true);
  });

  it('an EC key without its public key', async () => {
    const pem = openssl(['ecparam', '-name', 'secp256k1', '-genkey', '-noout']);
    const without = openssl(['ec', '-no_public'], pem);
    const whole = await readWalletKey('sec1-pem', pem, undefined);
    expect((await readWalletKey('sec1-pem', without, undefined)).publicKey.equals(whole.publicKey)).toBe(
      true,
    );
  });
});
