import { X509Certificate } from 'node:crypto';

import { MAX_KEYS, MAX_NAME_BYTES, type TokenKey } from '../protocol/answers.ts';
import { handleToHex } from './handles.ts';
import { CK } from './numbers.ts';
import { ckrOf, type Attribute, type Handle, type Pkcs11 } from './pkcs11js.ts';

/** How many objects are asked for at once. */
const BATCH = 32;
/** Certificates that share an id with a key, which nobody has more than one of. */
const MAX_TWINS = 8;

/** The two numbers of an RSA public key; empty where the token does not tell. */
interface RsaNumbers {
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
}

const NONE = new Uint8Array();

/**
 * Lists the RSA private keys that a session sees, with their public numbers: from the private object, and where it
 * does not tell them from the public key or certificate with the same CKA_ID. Source: docs/hsm.md, "Finding the key".
 * Fails with an error of pkcs11js.
 */
export function findRsaKeys(pkcs11: Pkcs11, session: Handle): readonly TokenKey[] {
  const template = [
    { type: CK.CKA_CLASS, value: CK.CKO_PRIVATE_KEY },
    { type: CK.CKA_KEY_TYPE, value: CK.CKK_RSA },
  ];
  return findObjects(pkcs11, session, template, MAX_KEYS).map((key) => {
    const read = (type: number): Buffer => readAttribute(pkcs11, session, key, type) ?? Buffer.alloc(0);
    const id = read(CK.CKA_ID).subarray(0, MAX_NAME_BYTES);
    const own = { modulus: read(CK.CKA_MODULUS), exponent: read(CK.CKA_PUBLIC_EXPONENT) };
    return {
      keyHex: handleToHex(key),
      label: read(CK.CKA_LABEL).toString('utf8').slice(0, MAX_NAME_BYTES),
      idHex: id.toString('hex'),
      ...(isWhole(own) || id.length === 0 ? own : completed(own, twinsOf(pkcs11, session, id))),
      // A token that does not answer the question may well be able to.
      canDecrypt: readAttribute(pkcs11, session, key, CK.CKA_DECRYPT)?.[0] !== 0,
      alwaysAuthenticate: (read(CK.CKA_ALWAYS_AUTHENTICATE)[0] ?? 0) !== 0,
    };
  });
}

function isWhole({ modulus, exponent }: RsaNumbers): boolean {
  return modulus.length > 0 && exponent.length > 0;
}

/** The private object's own modulus has the last word: a twin of another key completes nothing. */
function completed(own: RsaNumbers, twins: readonly RsaNumbers[]): RsaNumbers {
  const twin = twins.find(
    ({ modulus }) =>
      own.modulus.length === 0 || Buffer.compare(unpadded(modulus), unpadded(own.modulus)) === 0,
  );
  return twin ?? own;
}

function unpadded(number: Uint8Array): Uint8Array {
  const start = number.findIndex((byte) => byte !== 0);
  return start < 0 ? NONE : number.subarray(start);
}

function twinsOf(pkcs11: Pkcs11, session: Handle, id: Buffer): readonly RsaNumbers[] {
  const withId = (objectClass: number): readonly Handle[] =>
    findObjects(
      pkcs11,
      session,
      [
        { type: CK.CKA_CLASS, value: objectClass },
        { type: CK.CKA_ID, value: id },
      ],
      MAX_TWINS,
    );
  const publicKeys = withId(CK.CKO_PUBLIC_KEY).map((object) => ({
    modulus: readAttribute(pkcs11, session, object, CK.CKA_MODULUS) ?? NONE,
    exponent: readAttribute(pkcs11, session, object, CK.CKA_PUBLIC_EXPONENT) ?? NONE,
  }));
  const certificates = withId(CK.CKO_CERTIFICATE).map((object) =>
    numbersOfCertificate(readAttribute(pkcs11, session, object, CK.CKA_VALUE) ?? NONE),
  );
  return [...publicKeys, ...certificates].filter(isWhole);
}

function numbersOfCertificate(der: Uint8Array): RsaNumbers {
  try {
    const { n = '', e = '' } = new X509Certificate(der).publicKey.export({ format: 'jwk' });
    return { modulus: Buffer.from(n, 'base64url'), exponent: Buffer.from(e, 'base64url') };
  } catch {
    return { modulus: NONE, exponent: NONE };
  }
}

function findObjects(
  pkcs11: Pkcs11,
  session: Handle,
  template: readonly Attribute[],
  maxCount: number,
): readonly Handle[] {
  pkcs11.C_FindObjectsInit(session, template);
  try {
    const found: Handle[] = [];
    while (found.length < maxCount) {
      const batch = pkcs11.C_FindObjects(session, Math.min(BATCH, maxCount - found.length));
      if (batch.length === 0) break;
      found.push(...batch);
    }
    return found;
  } finally {
    pkcs11.C_FindObjectsFinal(session);
  }
}

/** One attribute; undefined where the token has none or keeps it to itself. Each is asked for alone: one refusal fails all. */
function readAttribute(pkcs11: Pkcs11, session: Handle, object: Handle, type: number): Buffer | undefined {
  try {
    return pkcs11.C_GetAttributeValue(session, object, [{ type }])[0]?.value;
  } catch (error) {
    if (ckrOf(error) === undefined) throw error;
    return undefined;
  }
}
