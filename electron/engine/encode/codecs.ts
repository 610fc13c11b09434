import { CURVE_NAMES } from '../../../shared/curve-name.ts';
import type { ExportFormat } from '../../../shared/export-format.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { curveOf } from '../curve/curve.ts';
import { looksLikePke1, openPke1, sealPke1 } from '../rsa/pke1.ts';
import { looksLikeAge, openAge, sealAge } from './age-file.ts';
import {
  decodeWif,
  decodeXprv,
  encodeWif,
  encodeXprv,
  looksLikeWif,
  looksLikeXprv,
  WIF_VERSION,
} from './bitcoin.ts';
import { decodeClearText, encodeBase64Line, encodeHexLine, isClearText } from './clear-text.ts';
import { readEcPrivateKey, writeEcPrivateKey } from './ec-key.ts';
import {
  decodeExpanded,
  encodeEdwardsScalar,
  encodeExpanded,
  isEdwards,
  labelledCurve,
  looksLikeExpanded,
} from './edwards.ts';
import type { DecodedKey, ExportKey } from './export-key.ts';
import { decodeKeystore, encodeKeystore, looksLikeKeystore } from './keystore-v3.ts';
import { decodePem, encodePem, isPemOf } from './pem-text.ts';
import { decodePkcs8, encodePkcs8, looksLikeEncryptedPem, type Pkcs8Derivation } from './pkcs8.ts';

/** What writing a key takes besides the key. */
export interface EncodingPorts {
  /** Bytes as typed; needed for the encrypted formats, and looked at in no other. */
  readonly password: SecretBytes | undefined;
  readonly randomBytes: RandomBytes;
}

/** How one format is written, known again, and read back. */
interface Codec {
  readonly encode: (key: ExportKey, ports: EncodingPorts) => SecretBytes | Promise<SecretBytes>;
  /** Whether a file is of this format, or of one that is read alike. */
  readonly looks: (content: Uint8Array) => boolean;
  readonly decode: (
    content: Uint8Array,
    password: SecretBytes | undefined,
  ) => DecodedKey | Promise<DecodedKey>;
}

const SEC1_LABEL = 'EC PRIVATE KEY';

const CODECS: Readonly<Record<ExportFormat, Codec>> = {
  pke1: {
    encode: async ({ privateKey }, { password, randomBytes }) =>
      SecretBytes.consume(await sealPke1(privateKey, required(password), randomBytes)),
    looks: isPke1OfScalar,
    decode: async (content, password) => ({ privateKey: await openPke1(content, required(password)) }),
  },
  'keystore-v3': {
    encode: (key, { password, randomBytes }) => encodeKeystore(key, required(password), randomBytes),
    looks: looksLikeKeystore,
    decode: (content, password) => decodeKeystore(content, required(password)),
  },
  'pkcs8-scrypt': pkcs8('scrypt'),
  'pkcs8-pbkdf2': pkcs8('pbkdf2'),
  age: {
    encode: (key, { password, randomBytes }) =>
      lending(clearTextOf(key), (text) => sealAge(text, required(password), randomBytes)),
    looks: looksLikeAge,
    decode: async (content, password) =>
      lending(await openAge(content, required(password)), (text) => text.use(labelledText)),
  },
  'sec1-pem': {
    encode: (key) => wiping(writeEcPrivateKey(key), (der) => encodePem(SEC1_LABEL, der)),
    looks: (content) => isPemOf(SEC1_LABEL, content),
    decode: (content) => wiping(decodePem(SEC1_LABEL, content), (der) => readEcPrivateKey(der)),
  },
  wif: wif(WIF_VERSION.wif),
  'wif-testnet': wif(WIF_VERSION['wif-testnet']),
  xprv: {
    encode: ({ master: { privateKey, chainCode } }) => {
      if (chainCode === undefined) throw new RecoveryError('chain-code.unreadable');
      return encodeXprv(privateKey, chainCode);
    },
    looks: looksLikeXprv,
    decode: decodeXprv,
  },
  'ed25519-expanded': {
    encode: ({ privateKey }, { randomBytes }) => encodeExpanded(privateKey, randomBytes),
    looks: looksLikeExpanded,
    decode: (content) => ({ privateKey: decodeExpanded(content), curve: 'ED-25519' }),
  },
  'edwards-scalar': {
    encode: ({ curve, privateKey }) => encodeEdwardsScalar(curve, privateKey),
    looks: (content) => labelledCurve(content) !== undefined,
    decode: labelledText,
  },
  hex: {
    encode: ({ privateKey }) => encodeHexLine(privateKey),
    looks: isClearText,
    decode: labelledText,
  },
  base64: {
    encode: ({ privateKey }) => encodeBase64Line(privateKey),
    looks: isClearText,
    decode: labelledText,
  },
};

/**
 * The format of a file of a recovered key, as far as it shows without a password: the first whose reader reads it.
 * Undefined for what no export writes.
 */
export function recognizeFormat(content: Uint8Array): ExportFormat | undefined {
  return ORDER.find((format) => CODECS[format].looks(content));
}

/** Bare text is hex or base64 of anything, and is asked last. */
const ORDER = Object.keys(CODECS) as readonly ExportFormat[];

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
 * @returns what it holds, the caller's to wipe; nothing of it is compared with the rest
 */
export async function decodeKey(
  format: ExportFormat,
  content: Uint8Array,
  password: SecretBytes | undefined,
): Promise<DecodedKey> {
  return CODECS[format].decode(content, password);
}

function pkcs8(kind: Pkcs8Derivation): Codec {
  return {
    encode: (key, { password, randomBytes }) => encodePkcs8(key, kind, required(password), randomBytes),
    looks: looksLikeEncryptedPem,
    decode: (content, password) => decodePkcs8(content, required(password)),
  };
}

function wif(version: number): Codec {
  return {
    encode: ({ privateKey }) => encodeWif(privateKey, version),
    looks: (content) => looksLikeWif(content, version),
    decode: (content) => ({ privateKey: decodeWif(content, version), curve: 'secp256k1' }),
  };
}

/** The key as a text that says what it is: a bare number of an Edwards curve passes for a seed. */
function clearTextOf({ curve, privateKey }: ExportKey): SecretBytes {
  return isEdwards(curve) ? encodeEdwardsScalar(curve, privateKey) : encodeHexLine(privateKey);
}

/** Lengths of PKE1 files of a wallet key, with the four bytes of header and, as old ones are, without. */
const PKE1_LENGTHS: readonly number[] = CURVE_NAMES.map((name) => 16 + 12 + curveOf(name).scalarBytes + 16);
const OLD_PKE1_LENGTH = 16 + 12 + 32 + 16;

/** Tells the PKE1 file of a wallet key, by its length, from that of an RSA key. Source: docs/key-files.md, "PKE1". */
function isPke1OfScalar(content: Uint8Array): boolean {
  return looksLikePke1(content)
    ? PKE1_LENGTHS.includes(content.length - 4)
    : content.length === OLD_PKE1_LENGTH;
}

/** Reads text as it was written, with the curve that its first line names. */
function labelledText(content: Uint8Array): DecodedKey {
  const curve = labelledCurve(content);
  return { privateKey: decodeClearText(content), ...(curve === undefined ? {} : { curve }) };
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
