/**
 * What Electron's `node:crypto` knows, as BoringSSL's sources list it: `crypto/cipher/get_cipher.cc`,
 * `crypto/digest/digest_extra.cc`, `crypto/fipsmodule/ec`, with Electron's patches that add RIPEMD-160 and ciphers.
 */

/** Digests, as `getHashes()` has them. */
export const HASHES: readonly string[] = [
  ...['md4', 'md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512', 'sha512-256'],
];

const SIGNATURE_HASHES = ['MD5', 'SHA1', 'SHA224', 'SHA256', 'SHA384', 'SHA512'];

/** Every spelling of a digest that is taken: they are compared exactly, so that `Sha256` is none. */
export const HASH_SPELLINGS: ReadonlySet<string> = new Set([
  ...HASHES,
  ...HASHES.map((name) => name.toUpperCase()),
  ...SIGNATURE_HASHES.flatMap((name) => [`RSA-${name}`, `${name.toLowerCase()}WithRSAEncryption`]),
  ...['md5-sha1', 'MD5-SHA1', 'ecdsa-with-SHA1', 'DSA-SHA', 'DSA-SHA1'],
]);

/** Ciphers; no short aliases, no ChaCha20, no CCM, key wrap, OCB or XTS. */
export const CIPHERS: readonly string[] = [
  ...['cbc', 'cfb', 'ctr', 'ecb', 'gcm', 'ofb'].flatMap((mode) => [`aes-128-${mode}`, `aes-256-${mode}`]),
  ...['cbc', 'ctr', 'ecb', 'gcm', 'ofb'].map((mode) => `aes-192-${mode}`),
  ...['bf-cbc', 'bf-cfb', 'bf-ecb', 'des-cbc', 'des-ecb', 'des-ede', 'des-ede-cbc', 'des-ede3'],
  ...['des-ede3-cbc', 'rc2-cbc', 'rc2-40-cbc', 'rc4'],
];

/** Curves of `ECDH` and EC keys, as `getCurves()` has them. */
export const CURVES: readonly string[] = ['prime256v1', 'secp224r1', 'secp384r1', 'secp521r1'];

/** Every spelling of a curve that is taken. */
export const CURVE_SPELLINGS: ReadonlySet<string> = new Set([...CURVES, 'P-224', 'P-256', 'P-384', 'P-521']);

/** Kinds of keys that are not there. */
export const MISSING_KEY_TYPES: ReadonlySet<string> = new Set(['ed448', 'x448', 'dsa', 'dh', 'rsa-pss']);

/** DER of the object identifiers in an encrypted PKCS#8 that are not there: `crypto/pkcs8/p5_pbev2.cc`. */
export const MISSING_PBES2: Readonly<Record<string, string>> = {
  scrypt: '06092b06010401da47040b',
  hmacWithSHA224: '06082a864886f70d0208',
  hmacWithSHA384: '06082a864886f70d020a',
  hmacWithSHA512: '06082a864886f70d020b',
};
