import type { ExportFormat } from '../../../shared/export-format.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import type { Curve } from '../curve/curve.ts';
import { openPke1, sealPke1 } from '../rsa/pke1.ts';
import { openAge, sealAge } from './age-file.ts';
import { decodeWif, decodeXprv, encodeWif, encodeXprv, WIF_VERSION } from './bitcoin.ts';
import { decodeClearText, encodeBase64Line, encodeHexLine } from './clear-text.ts';
import { readEcPrivateKey, writeEcPrivateKey } from './ec-key.ts';
import { decodeExpanded, encodeEdwardsScalar, encodeExpanded, isEdwards } from './edwards.ts';
import type { DecodedKey, ExportKey } from './export-key.ts';
import { decodeKeystore, encodeKeystore } from './keystore-v3.ts';
import { decodePem, encodePem } from './pem-text.ts';
import { decodePkcs8, encodePkcs8, type Pkcs8Derivation } from './pkcs8.ts';

/** What writing a key takes besides the key. */
export interface EncodingPorts {
  /** Bytes as typed; needed for the encrypted formats, and looked at in no other. */
  readonly password: SecretBytes | undefined;
  readonly randomBytes: RandomBytes;
}

/** How one format is written, and read back. */
interface Codec {
  readonly encode: (key: ExportKey, ports: EncodingPorts) => SecretBytes | Promise<SecretBytes>;
  readonly decode: (
    content: Uint8Array,
    curve: Curve,
    password: SecretBytes | undefined,
  ) => DecodedKey | Promise<DecodedKey>;
}

const SEC1_LABEL = 'EC PRIVATE KEY';

const CODECS: Readonly<Record<ExportFormat, Codec>> = {
  pke1: {
    encode: async ({ privateKey }, { password, randomBytes }) =>
      SecretBytes.consume(await sealPke1(privateKey, required(password), randomBytes)),
    decode: async (content, _curve, password) => ({
      privateKey: await openPke1(content, required(password)),
    }),
  },
  'keystore-v3': {
    encode: (key, { password, randomBytes }) => encodeKeystore(key, required(password), randomBytes),
    decode: async (content, _curve, password) => ({
      privateKey: await decodeKeystore(content, required(password)),
    }),
  },
  'pkcs8-scrypt': pkcs8('scrypt'),
  'pkcs8-pbkdf2': pkcs8('pbkdf2'),
  age: {
    encode: (key, { password, randomBytes }) =>
      lending(clearTextOf(key), (text) => sealAge(text, required(password), randomBytes)),
    decode: async (content, _curve, password) =>
      lending(await openAge(content, required(password)), (text) => ({
        privateKey: text.use(decodeClearText),
      })),
  },
  'sec1-pem': {
    encode: (key) => wiping(writeEcPrivateKey(key), (der) => encodePem(SEC1_LABEL, der)),
    decode: (content, curve) =>
      wiping(decodePem(SEC1_LABEL, content), (der) => ({ privateKey: readEcPrivateKey(der, curve) })),
  },
  hex: {
    encode: ({ privateKey }) => encodeHexLine(privateKey),
    decode: (content) => ({ privateKey: decodeClearText(content) }),
  },
  base64: {
    encode: ({ privateKey }) => encodeBase64Line(privateKey),
    decode: (content) => ({ privateKey: decodeClearText(content) }),
  },
  wif: wif(WIF_VERSION.wif),
  'wif-testnet': wif(WIF_VERSION['wif-testnet']),
  xprv: {
    encode: ({ master: { privateKey, chainCode } }) => {
      if (chainCode === undefined) throw new RecoveryError('chain-code.unreadable');
      return encodeXprv(privateKey, chainCode);
    },
    decode: decodeXprv,
  },
  'edwards-scalar': {
    encode: ({ curve, privateKey }) => encodeEdwardsScalar(curve, privateKey),
    decode: (content) => ({ privateKey: decodeClearText(content) }),
  },
  'ed25519-expanded': {
    encode: ({ privateKey }, { randomBytes }) => encodeExpanded(privateKey, randomBytes),
    decode: (content) => ({ privateKey: decodeExpanded(content) }),
  },
};

/**
 * Writes a recovered key in a format: the whole content of its file, itself a secret. Source: docs/export.md.
 * Fails with `password.required`, `password.too-short`, and `chain-code.unreadable` for an extended key without a
 * chain code. That the format is one for the key's curve is the caller's to see to (`formatsFor`).
 * @param key the caller's, who wipes it
 */
export async function encodeKey(
  format: ExportFormat,
  key: ExportKey,
  ports: EncodingPorts,
): Promise<SecretBytes> {
  return CODECS[format].encode(key, ports);
}

/**
 * Reads the file of a format. Fails with `wallet-key.not-understood`, `password.required`, `password.wrong`.
 * @param content of the file; the caller wipes it
 * @param curve of the key that it should hold
 * @returns what it holds, the caller's to wipe
 */
export async function decodeKey(
  format: ExportFormat,
  content: Uint8Array,
  curve: Curve,
  password: SecretBytes | undefined,
): Promise<DecodedKey> {
  return CODECS[format].decode(content, curve, password);
}

function pkcs8(kind: Pkcs8Derivation): Codec {
  return {
    encode: (key, { password, randomBytes }) => encodePkcs8(key, kind, required(password), randomBytes),
    decode: async (content, curve, password) => ({
      privateKey: await decodePkcs8(content, curve, required(password)),
    }),
  };
}

function wif(version: number): Codec {
  return {
    encode: ({ privateKey }) => encodeWif(privateKey, version),
    decode: (content) => ({ privateKey: decodeWif(content, version) }),
  };
}

/** The key as a text that says what it is: a bare number of an Edwards curve passes for a seed. */
function clearTextOf({ curve, privateKey }: ExportKey): SecretBytes {
  return isEdwards(curve) ? encodeEdwardsScalar(curve, privateKey) : encodeHexLine(privateKey);
}

/** Lends a secret to work that may take time, and wipes it. */
async function lending<Value>(
  secret: SecretBytes,
  work: (secret: SecretBytes) => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await work(secret);
  } finally {
    secret.wipe();
  }
}

function required(password: SecretBytes | undefined): SecretBytes {
  if (password === undefined) throw new RecoveryError('password.required');
  return password;
}

function wiping<Value>(secret: Uint8Array, work: (secret: Uint8Array) => Value): Value {
  try {
    return work(secret);
  } finally {
    secret.fill(0);
  }
}
