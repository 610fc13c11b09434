import { CURVE_NAMES, type CurveName } from '../../../shared/curve-name.ts';
import { isClearFormat, type ExportFormat } from '../../../shared/export-format.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { curveOf, decodeScalar, timesBase, type Curve, type Point } from '../curve/curve.ts';
import { decodeKey, recognizeFormat } from './codecs.ts';
import type { DecodedKey } from './export-key.ts';
import { isTrueOf } from './stated-key.ts';

/** Bytes of a recovered secp256k1 or Ed25519 key. */
const WALLET_KEY_BYTES = 32;

/** How a file of a recovered key is written; `bare` is the number alone. */
export type WalletKeyFormat = ExportFormat | 'bare';

/** A recovered key out of a file. The caller wipes it. */
export interface WalletKeyFile {
  readonly curve: Curve;
  /** Whether the file names its curve; where it does not, the caller or a guess did. */
  readonly namesCurve: boolean;
  readonly publicKey: Point;
  /** Big-endian scalar. */
  readonly privateKey: SecretBytes;
  /** There in an extended key, which is that of a master key. */
  readonly chainCode: SecretBytes | undefined;
}

/**
 * Says how a file of a recovered key is written, without its password; undefined for what no export writes.
 * Source: docs/export.md, "The formats", and docs/key-files.md, "PKE1", for older files.
 */
export function walletKeyFormat(content: Uint8Array): WalletKeyFormat | undefined {
  return content.length === WALLET_KEY_BYTES ? 'bare' : recognizeFormat(content);
}

/** Whether a format has a password before the key. */
export function needsKeyPassword(format: WalletKeyFormat): boolean {
  return format !== 'bare' && !isClearFormat(format);
}

/**
 * Reads the file of a recovered key, and holds what the file says of itself against the key.
 * Fails with `wallet-key.not-understood`, `wallet-key.contradictory`, `wallet-key.other-curve`, `password.required`,
 * `password.wrong`.
 * @param content the file; the caller wipes it
 * @param password where `needsKeyPassword`
 * @param chosen curve that the caller holds it for; a file that names another is refused
 */
export async function readWalletKey(
  format: WalletKeyFormat,
  content: Uint8Array,
  password: SecretBytes | undefined,
  chosen?: CurveName,
): Promise<WalletKeyFile> {
  const decoded: DecodedKey =
    format === 'bare' ? { privateKey: new SecretBytes(content) } : await decodeKey(format, content, password);
  try {
    return withPublicKey(decoded, chosen);
  } catch (error) {
    decoded.privateKey.wipe();
    decoded.chainCode?.wipe();
    throw error;
  }
}

function withPublicKey(decoded: DecodedKey, chosen: CurveName | undefined): WalletKeyFile {
  const { privateKey, chainCode, stated } = decoded;
  const name = decoded.curve ?? chosen ?? likelyCurve(privateKey.length);
  if (chosen !== undefined && name !== chosen) {
    throw new RecoveryError('wallet-key.other-curve', { found: name, wanted: chosen });
  }
  const curve = curveOf(name);
  const scalar = privateKey.use((bytes) => decodeScalar(curve, bytes));
  if (scalar === undefined || scalar === 0n) throw new RecoveryError('wallet-key.not-understood');
  const publicKey = timesBase(curve, scalar);
  if (!isTrueOf(stated, curve, publicKey)) throw new RecoveryError('wallet-key.contradictory');
  return { curve, namesCurve: decoded.curve !== undefined, publicKey, privateKey, chainCode };
}

/** 32 bytes are held for secp256k1, as the public CLI does; each other length is that of one curve. */
function likelyCurve(keyBytes: number): CurveName {
  const name = CURVE_NAMES.find((each) => curveOf(each).scalarBytes === keyBytes);
  if (name === undefined) throw new RecoveryError('wallet-key.not-understood');
  return name;
}
