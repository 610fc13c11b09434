import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { DerReader } from '../../electron/engine/bytes/der.ts';
import {
  derBitString,
  derInteger,
  derNull,
  derOctetString,
  derOid,
  derSequence,
} from '../../electron/engine/bytes/der-writer.ts';
import { describeKeyFile } from '../../electron/engine/rsa/describe-key-file.ts';
import { decryptLegacyPem } from '../../electron/engine/rsa/legacy-pem.ts';
import { oaepBlockLooksRight, oaepDecode } from '../../electron/engine/rsa/oaep-decode.ts';
import { hashOaepLabel, oaepEncode } from '../../electron/engine/rsa/oaep.ts';
import { decryptPkcs8 } from '../../electron/engine/rsa/pbes2.ts';
import { readRsaPrivateKey } from '../../electron/engine/rsa/private-key.ts';
import { parseRsaPublicKey } from '../../electron/engine/rsa/public-key.ts';
import {
  decodeSecretBase64,
  decodeSecretHex,
  encodeSecretHex,
} from '../../electron/engine/rsa/secret-text.ts';
import { SecretBytes } from '../../electron/engine/bytes/secret-bytes.ts';
import {
  derContext,
  base64Text,
  hexText,
  makeKeyPair,
  pem,
  reveal,
  secret,
  utf8,
} from '../unit/engine/rsa/fixtures.ts';

const pair = makeKeyPair(1024);
const spki = new Uint8Array(pair.spki);
const privateFiles = [
  pair.pkcs8,
  pair.pkcs1,
  utf8(hexText(pair.pkcs8)),
  utf8(base64Text(pair.pkcs1, 64)),
  utf8(pem('PRIVATE KEY', pair.pkcs8)),
  utf8(pem('CERTIFICATE', pair.spki) + pem('RSA PRIVATE KEY', pair.pkcs1)),
];
const publicFiles = [
  pair.spki,
  pair.pkcs1Public,
  utf8(hexText(pair.spki)),
  utf8(pem('PUBLIC KEY', pair.spki)),
];

/** A valid file with some of its bits flipped, its end cut off, or a piece of itself put elsewhere. */
function mutated(files: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  return fc.constantFrom(...files).chain((file) => {
    const offset = fc.nat(file.length - 1);
    const flips = fc.array(fc.tuple(offset, fc.nat(7)), { minLength: 1, maxLength: 4 }).map((places) => {
      const copy = Uint8Array.from(file);
      for (const [at, bit] of places) copy[at] = copy[at]! ^ (1 << bit);
      return copy;
    });
    const cut = offset.map((end) => file.slice(0, end));
    const head = offset.map((start) => file.slice(start));
    const splice = fc
      .tuple(offset, offset, offset, fc.uint8Array({ maxLength: 8 }))
      .map(([a, b, at, extra]) => Buffer.concat([file.subarray(0, at), extra, file.subarray(a, b)]));
    const noise = fc.tuple(offset, fc.uint8Array({ maxLength: 20 })).map(([at, bytes]) => {
      const copy = Uint8Array.from(file);
      copy.set(bytes.subarray(0, copy.length - at), at);
      return copy;
    });
    return fc.oneof(flips, cut, head, splice, noise);
  });
}

/** What `work` answers, or undefined for a RecoveryError; anything else that is thrown fails the property. */
async function attempt<Value>(work: () => Value | Promise<Value>): Promise<Value | undefined> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RecoveryError) return undefined;
    throw error;
  }
}

async function holds<Value>(
  arbitrary: fc.Arbitrary<Value>,
  property: (value: Value) => void | Promise<void>,
  numRuns = 1000,
): Promise<void> {
  await fc.assert(
    fc.asyncProperty(arbitrary, async (value) => property(value)),
    { numRuns },
  );
}

describe('no reader throws anything but a RecoveryError', () => {
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 600 }),
    fc.string({ unit: 'binary', maxLength: 300 }).map(utf8),
    fc.uint8Array({ maxLength: 300 }).map((rest) => Buffer.concat([Uint8Array.of(0x30, 0x82, 1), rest])),
    fc.uint8Array({ maxLength: 300 }).map((body) => utf8(pem('RSA PRIVATE KEY', body))),
    fc.string({ maxLength: 100 }).map((text) => utf8(`-----BEGIN ${text}-----END ${text}`)),
  );

  it('on arbitrary bytes', async () => {
    await holds(anything, async (content) => {
      expect(await attempt(() => readRsaPrivateKey(content))).toBeUndefined();
      expect(await attempt(() => parseRsaPublicKey(content))).toBeUndefined();
      await attempt(() => describeKeyFile(content));
    });
  });

  it('on damaged private keys, and never takes one for another key', async () => {
    await holds(mutated(privateFiles), async (content) => {
      await attempt(() => describeKeyFile(content));
      await attempt(() => parseRsaPublicKey(content));
      const key = await attempt(() => readRsaPrivateKey(content));
      if (key !== undefined) expect(key.publicKey.spkiDer).toEqual(spki);
    });
  });

  it('on damaged public keys', async () => {
    await holds(mutated(publicFiles), async (content) => {
      await attempt(() => parseRsaPublicKey(content));
      expect(await attempt(() => readRsaPrivateKey(content))).toBeUndefined();
    });
  });

  it('on damaged encryption', async () => {
    const kdf = derSequence(
      derOid('1.2.840.113549.1.5.12'),
      derSequence(
        derOctetString(new Uint8Array(8)),
        derInteger(Uint8Array.of(1)),
        derSequence(derOid('1.2.840.113549.2.9')),
      ),
    );
    const cipher = derSequence(derOid('2.16.840.1.101.3.4.1.42'), derOctetString(new Uint8Array(16)));
    const scheme = derSequence(derOid('1.2.840.113549.1.5.13'), derSequence(kdf, cipher));
    const file = derSequence(scheme, derOctetString(new Uint8Array(64)));
    const scryptKdf = derSequence(
      derOid('1.3.6.1.4.1.11591.4.11'),
      derSequence(derOctetString(new Uint8Array(8)), ...[2, 1, 1].map((n) => derInteger(Uint8Array.of(n)))),
    );
    const scryptScheme = derSequence(derOid('1.2.840.113549.1.5.13'), derSequence(scryptKdf, cipher));
    const scryptFile = derSequence(scryptScheme, derOctetString(new Uint8Array(64)));
    await holds(
      mutated([file, scryptFile]),
      async (der) => {
        expect(await attempt(() => decryptPkcs8(der, secret('password')))).toBeUndefined();
      },
      500,
    );
    await holds(fc.tuple(fc.string(), fc.uint8Array()), async ([dekInfo, ciphertext]) => {
      await attempt(() => decryptLegacyPem(dekInfo, ciphertext, secret('password')));
      await attempt(() => decryptLegacyPem(`AES-256-CBC,${'00'.repeat(16)}`, ciphertext, secret('password')));
    });
  });

  it('on arbitrary RSA blocks', async () => {
    await holds(fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.uint8Array()), async ([block, label]) => {
      await attempt(() => oaepDecode(block, label));
      oaepBlockLooksRight(block);
    });
  });
});

describe('round trips', () => {
  const bytes = fc.uint8Array({ maxLength: 400 });

  it('DER integers, strings, nested values', async () => {
    await holds(fc.tuple(bytes, bytes, fc.nat(30)), ([magnitude, content, tag]) => {
      const der = derSequence(
        derInteger(magnitude),
        derContext(tag, derOctetString(content), derNull()),
        derBitString(content),
      );
      const value = new DerReader(der).readSequence('value');
      const trimmed = magnitude.subarray(
        Math.max(
          0,
          magnitude.findIndex((byte) => byte !== 0),
        ),
      );
      expect(value.readInteger('n')).toEqual(
        magnitude.some((byte) => byte !== 0) ? trimmed : new Uint8Array(0),
      );
      const inner = value.readContext(tag, 'context');
      expect(inner.readOctetString('s')).toEqual(content);
      inner.readNull('null');
      inner.end('context');
      expect(value.readBitString('b')).toEqual(content);
      value.end('value');
    });
  });

  it('object identifiers', async () => {
    const arc = fc.nat(2 ** 31 - 1);
    const oid = fc.oneof(
      fc.tuple(fc.nat(1), fc.nat(39), arc, arc),
      fc.tuple(fc.constant(2), fc.nat(1_000_000), arc, arc),
    );
    await holds(oid, (arcs) => {
      expect(new DerReader(derOid(arcs.join('.'))).readOid('x')).toBe(arcs.join('.'));
    });
  });

  it('whatever the DER reader takes is what the writer writes', async () => {
    await holds(bytes, async (content) => {
      const magnitude = await attempt(() => new DerReader(content).readInteger('n'));
      if (magnitude !== undefined) {
        const written = derInteger(magnitude);
        expect(content.subarray(0, written.length)).toEqual(written);
      }
    });
  });

  it('hex and base64 of secrets', async () => {
    await holds(bytes, (content) => {
      const copy = Uint8Array.from(content);
      expect(decodeSecretHex(reveal(encodeSecretHex(new SecretBytes(copy))))).toEqual(copy);
      expect(decodeSecretBase64(utf8(base64Text(content, 13, ' \r\n')))).toEqual(copy);
    });
  });

  it('OAEP blocks', async () => {
    const seed = fc.uint8Array({ minLength: 32, maxLength: 32 });
    const input = fc.tuple(fc.uint8Array({ maxLength: 62 }), seed, bytes);
    await holds(input, ([message, oaepSeed, label]) => {
      const block = oaepEncode(message, oaepSeed, hashOaepLabel(label), 128);
      expect(reveal(oaepDecode(block, label))).toEqual(Uint8Array.from(message));
    });
  });
});
