import { createPublicKey, verify } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';

import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToNumberLE, numberToBytesLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { HDKey } from '@scure/bip32';
import { TEST_NETWORK, WIF } from '@scure/btc-signer';
import { Wallet } from '@ethereumjs/wallet';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, it } from 'vitest';

import { CURVE_NAMES } from '../../../../shared/curve-name.ts';
import {
  EXPORT_FORMATS,
  EXPORT_FORMAT_NAMES,
  formatsFor,
  isClearFormat,
  type ExportFormat,
} from '../../../../shared/export-format.ts';
import type { SecretBytes } from '../../../../electron/engine/bytes/secret-bytes.ts';
import { ethereumAddress } from '../../../../electron/engine/address/evm.ts';
import { decodeKey, encodeKey } from '../../../../electron/engine/encode/codecs.ts';
import { checkReadBack } from '../../../../electron/engine/encode/read-back.ts';
import { cheapKeystore } from '../../../fixtures/cheap-keystore.ts';
import { systemRandom } from '../../../random.ts';
import { describeOpenssl, openssl } from '../rsa/openssl.ts';
import { bytesOf, hexOf, sampleKey, secretOf, textOf } from './sample-key.ts';

const PASSWORD = 'correct horse bättery ';
const ports = { password: secretOf(PASSWORD), randomBytes: systemRandom };
const ENCRYPTED = EXPORT_FORMAT_NAMES.filter((format) => !isClearFormat(format));

/** A key, and its file in each encrypted format: to seal one takes seconds, so that most tests share it. */
const sealedKey = sampleKey('secp256k1');
const sealedFiles = new Map<ExportFormat, Promise<SecretBytes>>();
async function sealed(format: ExportFormat): Promise<Uint8Array> {
  const file = sealedFiles.get(format) ?? encodeKey(format, sealedKey, ports);
  sealedFiles.set(format, file);
  return bytesOf(await file);
}

describe('every format on every curve that it is for', () => {
  it.each(ENCRYPTED)('%s of secp256k1 is read back', async (format) => {
    await checkReadBack(format, sealedKey, await sealed(format), ports.password);
  });

  // What makes an encrypted file slow has nothing to do with the curve: secp256k1 above and its last one speak for all.
  const pairs = EXPORT_FORMAT_NAMES.flatMap((format) => {
    const { curves } = EXPORT_FORMATS[format];
    return (isClearFormat(format) ? curves : curves.slice(1).slice(-1)).map((curve) => ({ format, curve }));
  });

  it.each(pairs)('$format of $curve is read back', async ({ format, curve }) => {
    const key = sampleKey(curve);
    const content = bytesOf(await encodeKey(format, key, ports));
    await checkReadBack(format, key, content, ports.password);
    expect(content.length).toBeGreaterThan(0);
  });

  it.each(EXPORT_FORMAT_NAMES.filter(isClearFormat))('%s of another key is not let pass', async (format) => {
    const [curve] = EXPORT_FORMATS[format].curves;
    const content = bytesOf(await encodeKey(format, sampleKey(curve), ports));
    await expect(checkReadBack(format, sampleKey(curve), content, ports.password)).rejects.toMatchObject({
      code: 'recovered-key.mismatch',
    });
  });

  it('a clear format holds the key in the clear, and an encrypted one does not', async () => {
    for (const format of formatsFor('secp256k1', true)) {
      const content = Buffer.from(await sealed(format));
      expect(content.includes(Buffer.from(bytesOf(sealedKey.privateKey))), format).toBe(false);
      if (!isClearFormat(format)) {
        expect(content.toString('latin1')).not.toContain(hexOf(sealedKey.privateKey));
      }
    }
  });
});

describe('formatsFor', () => {
  it.each(CURVE_NAMES)('%s: each format is for its curve, the default first', (curve) => {
    const formats = formatsFor(curve, true);
    expect(formats[0]).toBe('pke1');
    for (const format of formats) expect(EXPORT_FORMATS[format].curves).toContain(curve);
  });

  it('there is no extended key without a chain code', () => {
    expect(formatsFor('secp256k1', true)).toContain('xprv');
    expect(formatsFor('secp256k1', false)).not.toContain('xprv');
  });

  it('an Edwards key is offered in nothing that a wallet takes for a seed', () => {
    expect(formatsFor('ED-25519', true)).toEqual(['pke1', 'age', 'edwards-scalar', 'ed25519-expanded']);
  });
});

describeOpenssl('what OpenSSL reads', () => {
  const read = (args: readonly string[], input: Uint8Array): string =>
    Buffer.from(openssl(args, input)).toString().replaceAll(/[\s:]/g, '');

  it.each([
    ['pkcs8-scrypt', 'secp256k1'],
    ['pkcs8-scrypt', 'P-521'],
    ['pkcs8-pbkdf2', 'secp256k1'],
    ['pkcs8-pbkdf2', 'P-224'],
  ] as const)('OpenSSL opens %s of %s', async (format, curve) => {
    const key = sampleKey(curve);
    const content = bytesOf(await encodeKey(format, key, ports));
    const text = read(['pkey', '-passin', `pass:${PASSWORD}`, '-noout', '-text'], content);
    expect(text).toContain(`priv${hexOf(key.privateKey)}`);
    expect(text).toContain(`pub${Buffer.from(key.curve.encodePoint(key.publicKey)).toString('hex')}`);
  });

  it.each(EXPORT_FORMATS['sec1-pem'].curves)('OpenSSL opens SEC 1 PEM of %s', async (curve) => {
    const key = sampleKey(curve);
    const content = bytesOf(await encodeKey('sec1-pem', key, ports));
    const text = read(['ec', '-noout', '-text'], content);
    expect(text).toContain(hexOf(key.privateKey));
    expect(text).toContain(Buffer.from(key.curve.encodePoint(key.publicKey)).toString('hex'));
  });
});

describe('what others read', () => {
  it('@ethereumjs/wallet opens the keystore, and agrees on its address', async () => {
    const content = Buffer.from(await sealed('keystore-v3')).toString();
    const wallet = await Wallet.fromV3(content, PASSWORD);
    expect(Buffer.from(wallet.getPrivateKey()).toString('hex')).toBe(hexOf(sealedKey.privateKey));
    expect(wallet.getAddressString()).toBe(`0x${(JSON.parse(content) as { address: string }).address}`);
    const theirs = new TextEncoder().encode(await wallet.toV3String(PASSWORD));
    await checkReadBack('keystore-v3', sealedKey, theirs, ports.password);
  });

  it('@scure/bip32 reads the extended key', async () => {
    const key = sampleKey('secp256k1');
    const node = HDKey.fromExtendedKey(textOf(await encodeKey('xprv', key, ports)).trim());
    expect(Buffer.from(node.privateKey!).toString('hex')).toBe(hexOf(key.master.privateKey));
    expect(Buffer.from(node.chainCode!).toString('hex')).toBe(hexOf(key.master.chainCode!));
    expect([node.depth, node.index, node.parentFingerprint]).toEqual([0, 0, 0]);
  });

  it.each([
    ['wif', undefined],
    ['wif-testnet', TEST_NETWORK],
  ] as const)('@scure/btc-signer reads %s', async (format, network) => {
    const key = sampleKey('secp256k1');
    const text = textOf(await encodeKey(format, key, ports)).trim();
    expect(Buffer.from(WIF(network).decode(text)).toString('hex')).toBe(hexOf(key.privateKey));
  });

  const ageOpened = (content: Uint8Array): Promise<string> => {
    const decrypter = new Decrypter();
    decrypter.addPassphrase(PASSWORD);
    return decrypter.decrypt(content, 'text');
  };

  it('typage opens the age file, which holds hex and a line break', async () => {
    expect(await ageOpened(await sealed('age'))).toBe(`${hexOf(sealedKey.privateKey)}\n`);
  });

  it.each(['ED-25519', 'ED-448'] as const)('an age file of %s says that it holds no seed', async (curve) => {
    const key = sampleKey(curve);
    const text = await ageOpened(bytesOf(await encodeKey('age', key, ports)));
    expect(text).toBe(textOf(await encodeKey('edwards-scalar', key, ports)));
    expect(text).toContain('not a seed');
  });

  it('an age file that typage wrote is read', async () => {
    const key = sampleKey('secp256k1');
    const encrypter = new Encrypter();
    encrypter.setPassphrase(PASSWORD);
    encrypter.setScryptWorkFactor(12);
    await checkReadBack('age', key, await encrypter.encrypt(`${hexOf(key.privateKey)}\n`), ports.password);
  });

  it('signatures by the expanded key are those of the public key, for the runtime too', async () => {
    const key = sampleKey('ED-25519');
    const publicKey = key.curve.encodePoint(key.publicKey);
    const hex = textOf(await encodeKey('ed25519-expanded', key, ports)).replaceAll(/^#.*\n/gm, '');
    const message = Buffer.from('pay 1 to Ann');
    const signature = signExpanded(Buffer.from(hex.trim(), 'hex'), publicKey, message);
    const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), publicKey]);
    expect(
      verify(null, message, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature),
    ).toBe(true);
  });
});

/** RFC 8032 5.1.6, from step 2 on, with a scalar and a prefix that no seed gave. */
function signExpanded(expanded: Uint8Array, publicKey: Uint8Array, message: Uint8Array): Uint8Array {
  const { BASE, Fn } = ed25519.Point;
  const scalar = bytesToNumberLE(expanded.subarray(0, 32));
  const r = Fn.create(bytesToNumberLE(sha512(Buffer.concat([expanded.subarray(32), message]))));
  const R = BASE.multiply(r).toBytes();
  const k = Fn.create(bytesToNumberLE(sha512(Buffer.concat([R, publicKey, message]))));
  return Buffer.concat([R, numberToBytesLE(Fn.create(r + k * scalar), 32)]);
}

describe('a window stays alive meanwhile', () => {
  it.each(ENCRYPTED)('%s is sealed and opened without holding up the event loop', async (format) => {
    const delay = monitorEventLoopDelay({ resolution: 10 });
    const key = sampleKey('secp256k1');
    await setTimeout(20);
    delay.enable();
    const content = bytesOf(await encodeKey(format, key, ports));
    await checkReadBack(format, key, content, ports.password);
    delay.disable();
    expect(delay.max / 1e6).toBeLessThan(700);
  });
});

describe('what a file states of itself is read back too', () => {
  const another = sampleKey('secp256k1');
  const utf8 = new TextEncoder();

  it('the address of a keystore', async () => {
    const keystore = JSON.parse(Buffer.from(await sealed('keystore-v3')).toString()) as object;
    const read = (address: unknown): Promise<void> =>
      checkReadBack(
        'keystore-v3',
        sealedKey,
        utf8.encode(JSON.stringify({ ...keystore, address })),
        ports.password,
      );
    const other = ethereumAddress(another.curve.encodeCompressed(another.publicKey));
    await expect(read(other)).rejects.toMatchObject({ code: 'recovered-key.mismatch' });
    await expect(read(5)).rejects.toMatchObject({ code: 'wallet-key.not-understood' });
    await read(undefined);
    await read(ethereumAddress(sealedKey.curve.encodeCompressed(sealedKey.publicKey)));
  });

  it.each([{ r: {} }, { p: 'x' }, { p: null }, { r: 1.5 }, { n: '2' }, { r: [8] }, { p: true }])(
    'a keystore whose scrypt parameters are no numbers: %j',
    async (changed) => {
      const password = secretOf('a password');
      const keystore = JSON.parse(Buffer.from(cheapKeystore(utf8.encode('a password'))).toString()) as {
        crypto: { kdfparams: object };
      };
      const { kdfparams } = keystore.crypto;
      const crypto = { ...keystore.crypto, kdfparams: { ...kdfparams, ...changed } };
      const content = utf8.encode(JSON.stringify({ ...keystore, crypto }));
      await expect(decodeKey('keystore-v3', content, password)).rejects.toMatchObject({
        code: 'wallet-key.not-understood',
      });
    },
  );

  it.each(['sec1-pem', 'pkcs8-pbkdf2'] as const)('the public key of %s', async (format) => {
    const key = sampleKey('secp256k1');
    const content = bytesOf(await encodeKey(format, { ...key, publicKey: another.publicKey }, ports));
    await expect(checkReadBack(format, key, content, ports.password)).rejects.toMatchObject({
      code: 'recovered-key.mismatch',
    });
  });

  it.each([
    ['sec1-pem', 'P-256'],
    ['pkcs8-pbkdf2', 'P-256'],
    ['edwards-scalar', 'ED-448'],
  ] as const)('the curve of %s', async (format, curve) => {
    const key = sampleKey(curve);
    const content = bytesOf(await encodeKey(format, key, ports));
    const other = curve === 'P-256' ? sampleKey('secp256k1') : sampleKey('ED-25519');
    await expect(
      checkReadBack(format, { ...other, publicKey: key.publicKey }, content, ports.password),
    ).rejects.toMatchObject({ code: 'recovered-key.mismatch' });
  });
});

describe('published vectors', () => {
  it('WIF: that of Bitcoin’s developer reference', async () => {
    const key = Buffer.from('0c28fca386c7a227600b2fe50b7cae11ec86d3bf1fbe471be89827e19d72aa1d', 'hex');
    const written = await encodeKey('wif', sampleKey('secp256k1', new Uint8Array(key)), ports);
    expect(textOf(written)).toBe('KwdMAjGmerYanjeui5SHS7JkmpZvVipYvB2LJGU1ZxJwYvP98617\n');
  });
});

describe('what is refused', () => {
  it.each(ENCRYPTED)('%s: no password, a wrong one, a file that was cut', async (format) => {
    const without = { ...ports, password: undefined };
    await expect(encodeKey(format, sealedKey, without)).rejects.toMatchObject({ code: 'password.required' });
    const content = await sealed(format);
    const read = (bytes: Uint8Array, password: SecretBytes | undefined) => decodeKey(format, bytes, password);
    await expect(read(content, undefined)).rejects.toMatchObject({ code: 'password.required' });
    // Never trimmed: the blank at the end counts.
    const wrong = await read(content, secretOf(PASSWORD.trim())).catch((error: unknown) => error);
    expect(wrong).toMatchObject({ code: 'password.wrong' });
    const cut = await read(content.subarray(0, content.length - 20), ports.password).catch(
      (error: unknown) => error,
    );
    // A cut PKE1 file is as long as others are, and can't be told from one under another password.
    expect(['wallet-key.not-understood', 'password.wrong']).toContain((cut as { code?: string }).code);
  });

  it.each(EXPORT_FORMAT_NAMES.filter(isClearFormat))(
    '%s: other text, nothing, and a digit too many',
    async (format) => {
      const [curveName] = EXPORT_FORMATS[format].curves;
      const key = sampleKey(curveName);
      const content = textOf(await encodeKey(format, key, ports));
      for (const text of ['', 'no key at all!', content.replace(/[0-9a-zA-Z+/](?=[^0-9a-zA-Z+/]*$)/, '!')]) {
        const bytes = new TextEncoder().encode(text);
        await expect(checkReadBack(format, key, bytes, undefined), text).rejects.toMatchObject({
          code: expect.stringMatching(/^(?:wallet-key.not-understood|recovered-key.mismatch)$/) as string,
        });
      }
    },
  );

  it.each([
    ['for a recipient, and not for a passphrase', undefined],
    ['that asks for 2^31 passes', (text: string) => text.replace(/ 12\n/, ' 31\n')],
    ['whose salt is short', (text: string) => text.replace(/scrypt \S{4}/, 'scrypt ')],
    ['whose end was changed', (text: string) => `${text.slice(0, -1)}${text.endsWith('a') ? 'b' : 'a'}`],
  ])('an age file %s', async (_name, change) => {
    const encrypter = new Encrypter();
    if (change === undefined)
      encrypter.addRecipient(await identityToRecipient(await generateX25519Identity()));
    else encrypter.setPassphrase(PASSWORD);
    encrypter.setScryptWorkFactor(12);
    const text = Buffer.from(await encrypter.encrypt('00'.repeat(32))).toString('latin1');
    const content = new Uint8Array(Buffer.from(change?.(text) ?? text, 'latin1'));
    await expect(decodeKey('age', content, ports.password)).rejects.toMatchObject({
      code: 'wallet-key.not-understood',
    });
  });

  it.each(['sec1-pem', 'pkcs8-pbkdf2'] as const)(
    '%s with a character that is none of base64',
    async (format) => {
      const key = sampleKey('secp256k1');
      const text = textOf(await encodeKey(format, key, ports)).replace('\nM', '\n!');
      await expect(decodeKey(format, new TextEncoder().encode(text), ports.password)).rejects.toMatchObject({
        code: 'wallet-key.not-understood',
      });
    },
  );

  it('an extended key without a chain code', async () => {
    const key = sampleKey('secp256k1');
    const without = { ...key, master: { ...key.master, chainCode: undefined } };
    await expect(encodeKey('xprv', without, ports)).rejects.toMatchObject({ code: 'chain-code.unreadable' });
  });

  it('an extended key whose chain code differs', async () => {
    const key = sampleKey('secp256k1');
    const other = { ...key, master: { ...key.master, chainCode: sampleKey('secp256k1').master.chainCode } };
    const content = bytesOf(await encodeKey('xprv', key, ports));
    await expect(checkReadBack('xprv', other, content, undefined)).rejects.toMatchObject({
      code: 'recovered-key.mismatch',
    });
  });
});
