import crypto from 'node:crypto';
import { syncBuiltinESMExports } from 'node:module';
import { promisify } from 'node:util';

import {
  CIPHERS,
  CURVES,
  CURVE_SPELLINGS,
  HASHES,
  HASH_SPELLINGS,
  MISSING_KEY_TYPES,
  MISSING_PBES2,
} from './boringssl-lists.ts';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
type Check = (args: readonly unknown[]) => void;
type Fields = Readonly<Record<string, unknown>>;

const PKCS8_HEAD_BYTES = 160;
const ENCRYPTED_PEM = /-----BEGIN ENCRYPTED PRIVATE KEY-----([^-]+)-----END/;
/** Two bytes of type and at least eight of padding stand before the zero. RFC 8017 7.2.2. */
const MIN_PKCS1_PADDING_BYTES = 10;
/** BoringSSL rounds other sizes down. */
const RSA_SIZE_STEP_BITS = 128;

function refuse(message: string, code: string): never {
  throw Object.assign(new Error(`${message} (guard: Electron's BoringSSL has no such thing)`), { code });
}

const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

const checkHash = (name: unknown): void => {
  if (typeof name === 'string' && !HASH_SPELLINGS.has(name)) {
    refuse('Digest method not supported', 'ERR_OSSL_EVP_UNSUPPORTED');
  }
};
const checkCipher = (name: unknown): void => {
  if (typeof name === 'string' && !CIPHERS.includes(name.toLowerCase())) {
    refuse('Unknown cipher', 'ERR_CRYPTO_UNKNOWN_CIPHER');
  }
};
const checkCurve = (name: unknown): void => {
  if (typeof name === 'string' && !CURVE_SPELLINGS.has(name)) {
    refuse('Invalid EC curve name', 'ERR_CRYPTO_INVALID_CURVE');
  }
};
const checkKeyType = (type: unknown): void => {
  if (typeof type === 'string' && MISSING_KEY_TYPES.has(type)) {
    refuse('unsupported', 'ERR_OSSL_EVP_UNSUPPORTED_ALGORITHM');
  }
};

/**
 * Makes this process's `node:crypto`, which is OpenSSL's, refuse what Electron's refuses, which is BoringSSL's: a
 * green run under the stand-in is not green because of OpenSSL.
 */
export function installBoringSslGuard(): void {
  const methods = crypto as unknown as Record<string, AnyFunction>;
  const check = (names: readonly string[], before: Check): void => {
    for (const name of names) wrap(methods, name, before);
  };
  methods['getHashes'] = () => [...HASHES];
  methods['getCiphers'] = () => [...CIPHERS];
  methods['getCurves'] = () => [...CURVES];
  methods['secureHeapUsed'] = () => undefined;
  const withHash = ['createHash', 'createHmac', 'createSign', 'createVerify', 'hash'];
  check([...withHash, 'hkdf', 'hkdfSync', 'sign', 'verify'], ([name]) => {
    checkHash(name);
  });
  check(['pbkdf2', 'pbkdf2Sync'], ([, , , , name]) => {
    checkHash(name);
  });
  check(['createCipheriv', 'createDecipheriv', 'getCipherInfo'], ([name]) => {
    checkCipher(name);
  });
  check(['createECDH'], ([name]) => {
    checkCurve(name);
  });
  check(['generateKeyPair', 'generateKeyPairSync'], ([type, options]) => {
    checkKeyType(type);
    const { namedCurve, modulusLength } = fieldsOf(options);
    if (type === 'ec') checkCurve(namedCurve);
    if (type === 'rsa' && Number(modulusLength) % RSA_SIZE_STEP_BITS !== 0) {
      refuse('an RSA key whose size is not a multiple of 128 bits', 'ERR_OSSL');
    }
  });
  check(['createDiffieHellman'], ([prime]) => {
    if (typeof prime === 'number') refuse('generation of DH parameters', 'ERR_OSSL');
  });
  check(['createDiffieHellmanGroup', 'getDiffieHellman'], ([name]) => {
    if (name === 'modp1' || name === 'modp2') refuse('Unknown DH group', 'ERR_CRYPTO_UNKNOWN_DH_GROUP');
  });
  check(['createPrivateKey'], ([key]) => {
    checkPkcs8(key);
  });
  check(['publicEncrypt', 'privateDecrypt'], ([key]) => {
    checkHash(fieldsOf(key)['oaepHash']);
  });
  for (const name of ['createPrivateKey', 'createPublicKey']) checkKeyMadeBy(methods, name);
  decryptPkcs1LikeBoringSsl(methods);
  syncBuiltinESMExports();
}

function wrap(methods: Record<string, AnyFunction>, name: string, before: Check): void {
  const original = methods[name];
  if (original === undefined) return;
  const wrapped = function (this: unknown, ...args: unknown[]): unknown {
    before(args);
    if ((new.target as unknown) === undefined) return original.apply(this, args);
    return Reflect.construct(original, args);
  };
  const promised = Object.getOwnPropertyDescriptor(original, promisify.custom)?.value as
    AnyFunction | undefined;
  Object.defineProperties(wrapped, {
    name: { value: name },
    prototype: { value: original.prototype as unknown },
  });
  if (promised !== undefined) {
    Object.defineProperty(wrapped, promisify.custom, {
      value: (...args: unknown[]) => {
        before(args);
        return promised(...args);
      },
    });
  }
  methods[name] = wrapped;
}

/** Refuses a key that Node could read and Electron could not. */
function checkKeyMadeBy(methods: Record<string, AnyFunction>, name: string): void {
  const original = methods[name];
  if (original === undefined) return;
  methods[name] = (...args) => {
    const key = original(...args);
    const { asymmetricKeyType, asymmetricKeyDetails } = key as crypto.KeyObject;
    checkKeyType(asymmetricKeyType);
    if (asymmetricKeyType === 'ec') checkCurve(asymmetricKeyDetails?.namedCurve);
    return key;
  };
}

/** Refuses an encrypted PKCS#8 whose key derivation is not PBKDF2 with HMAC-SHA-1 or HMAC-SHA-256. */
function checkPkcs8(key: unknown): void {
  const isBare = typeof key === 'string' || ArrayBuffer.isView(key);
  const { key: inner, format, passphrase } = isBare ? { key } : fieldsOf(key);
  const bytes = typeof inner === 'string' ? Buffer.from(inner, 'latin1') : bytesOf(inner);
  const pem = ENCRYPTED_PEM.exec(bytes.toString('latin1'))?.[1];
  const isDer = format === 'der' && passphrase !== undefined;
  const der = pem === undefined ? (isDer ? bytes : Buffer.alloc(0)) : Buffer.from(pem, 'base64');
  const head = der.subarray(0, PKCS8_HEAD_BYTES).toString('hex');
  for (const [name, oid] of Object.entries(MISSING_PBES2)) {
    if (head.includes(oid)) refuse(`PKCS8 routines: unsupported ${name}`, 'ERR_OSSL_PKCS8');
  }
}

function bytesOf(value: unknown): Buffer {
  if (!ArrayBuffer.isView(value)) return Buffer.alloc(0);
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/**
 * RSA PKCS#1 v1.5 decryption: Node 20 refuses it, Node 24 answers bad padding with random bytes, BoringSSL throws.
 * Done here over the raw operation.
 */
function decryptPkcs1LikeBoringSsl(methods: Record<string, AnyFunction>): void {
  const original = methods['privateDecrypt'];
  if (original === undefined) return;
  methods['privateDecrypt'] = (...args) => {
    const [key, ...rest] = args;
    const options = fieldsOf(key);
    if (options['padding'] !== crypto.constants.RSA_PKCS1_PADDING) return original(...args);
    const padding = crypto.constants.RSA_NO_PADDING;
    const raw = original({ ...options, oaepHash: undefined, padding }, ...rest) as Buffer;
    const end = raw.indexOf(0, 2);
    if (raw[0] !== 0 || raw[1] !== 2 || end < MIN_PKCS1_PADDING_BYTES) {
      refuse('rsa routines: PADDING_CHECK_FAILED', 'ERR_OSSL_RSA_PADDING_CHECK_FAILED');
    }
    return raw.subarray(end + 1);
  };
}
