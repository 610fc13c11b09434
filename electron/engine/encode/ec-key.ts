import { CURVE_NAMES, type CurveName } from '../../../shared/curve-name.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { DerReader } from '../bytes/der.ts';
import {
  derBitString,
  derInteger,
  derOctetString,
  derOid,
  derSequence,
  derValue,
} from '../bytes/der-writer.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import type { Curve, Point } from '../curve/curve.ts';
import type { DecodedKey } from './export-key.ts';

const EC_PUBLIC_KEY_OID = '1.2.840.10045.2.1';
const PARAMETERS_TAG = 0xa0;
const PUBLIC_KEY_TAG = 0xa1;
const ZERO = Uint8Array.of(0);
const ONE = Uint8Array.of(1);

/** Named curves. Source: RFC 5480 2.1.1.1, SEC 2 A.2.1. */
const CURVE_OIDS: Partial<Record<CurveName, string>> = {
  secp256k1: '1.3.132.0.10',
  'P-224': '1.3.132.0.33',
  'P-256': '1.2.840.10045.3.1.7',
  'P-384': '1.3.132.0.34',
  'P-521': '1.3.132.0.35',
};

/** What an EC private key is written with: its curve, its public point, uncompressed, and its scalar. */
interface EcKey {
  readonly curve: Curve;
  readonly publicKey: Point;
  readonly privateKey: SecretBytes;
}

/**
 * Writes an ECPrivateKey with its curve and public key, as SEC 1 PEM files hold it. Source: RFC 5915 3.
 * @returns DER, the caller's to wipe
 */
export function writeEcPrivateKey(key: EcKey): Uint8Array {
  return ecPrivateKey(key, [derValue(PARAMETERS_TAG, derOid(oidOf(key.curve)))]);
}

/**
 * Writes a PrivateKeyInfo, whose algorithm names the curve. Source: RFC 5958 2, RFC 5915 3.
 * @returns DER, the caller's to wipe
 */
export function writePrivateKeyInfo(key: EcKey): Uint8Array {
  const inner = ecPrivateKey(key, []);
  try {
    const algorithm = derSequence(derOid(EC_PUBLIC_KEY_OID), derOid(oidOf(key.curve)));
    return derSequence(derInteger(ZERO), algorithm, derOctetString(inner));
  } finally {
    inner.fill(0);
  }
}

/**
 * Reads an ECPrivateKey, with the curve and the public key that it states. Source: RFC 5915 3.
 * Fails with `wallet-key.not-understood`.
 * @param outerCurve that its container names
 * @returns the caller's to wipe
 */
export function readEcPrivateKey(der: Uint8Array, outerCurve?: CurveName): DecodedKey {
  return understood(() => {
    const outer = new DerReader(der);
    const key = outer.readSequence('EC key');
    outer.end('EC key');
    if (key.readSmallInteger('version') !== 1) throw new RecoveryError('der.malformed');
    const scalar = key.readOctetString('private key');
    const ownCurve = key.nextTag === PARAMETERS_TAG ? readNamedCurve(key.readContext(0, 'curve')) : undefined;
    if (ownCurve !== undefined && outerCurve !== undefined && ownCurve !== outerCurve) {
      throw new RecoveryError('der.malformed');
    }
    const curve = ownCurve ?? outerCurve;
    const publicKeyBytes =
      key.nextTag === PUBLIC_KEY_TAG ? readWhole(key.readContext(1, 'public key')) : undefined;
    key.end('EC key');
    return {
      privateKey: new SecretBytes(scalar),
      ...(curve === undefined ? {} : { curve }),
      ...(publicKeyBytes === undefined ? {} : { stated: { kind: 'public-key', publicKeyBytes } }),
    };
  });
}

/**
 * Reads a PrivateKeyInfo of an EC key. Source: RFC 5958 2. Fails with `wallet-key.not-understood`.
 * @returns the caller's to wipe
 */
export function readPrivateKeyInfo(der: Uint8Array): DecodedKey {
  return understood(() => {
    const outer = new DerReader(der);
    const info = outer.readSequence('private key');
    outer.end('private key');
    if (info.readSmallInteger('version') !== 0) throw new RecoveryError('der.malformed');
    const algorithm = info.readSequence('algorithm');
    if (algorithm.readOid('algorithm') !== EC_PUBLIC_KEY_OID) throw new RecoveryError('der.malformed');
    return readEcPrivateKey(info.readOctetString('private key'), readNamedCurve(algorithm));
  });
}

function readNamedCurve(parameters: DerReader): CurveName {
  const oid = parameters.readOid('curve');
  parameters.end('curve');
  const curve = CURVE_NAMES.find((name) => CURVE_OIDS[name] === oid);
  if (curve === undefined) throw new RecoveryError('der.malformed');
  return curve;
}

function readWhole(context: DerReader): Uint8Array {
  const bytes = Uint8Array.from(context.readBitString('public key'));
  context.end('public key');
  return bytes;
}

function ecPrivateKey(
  { curve, publicKey, privateKey }: EcKey,
  parameters: readonly Uint8Array[],
): Uint8Array {
  const point = derValue(PUBLIC_KEY_TAG, derBitString(curve.encodePoint(publicKey)));
  return privateKey.use((scalar) => {
    const content = derOctetString(scalar);
    try {
      return derSequence(derInteger(ONE), content, ...parameters, point);
    } finally {
      content.fill(0);
    }
  });
}

function oidOf({ name }: Curve): string {
  const oid = CURVE_OIDS[name];
  if (oid === undefined) throw new Error('an Edwards key is no EC key');
  return oid;
}

/** What the reader of DER says is of key files of other kinds. */
function understood(read: () => DecodedKey): DecodedKey {
  try {
    return read();
  } catch (error) {
    if (error instanceof RecoveryError) throw new RecoveryError('wallet-key.not-understood');
    throw error;
  }
}
