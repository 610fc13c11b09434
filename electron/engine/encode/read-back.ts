import { EXPORT_FORMATS, type ExportFormat } from '../../../shared/export-format.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
import type { SecretBytes } from '../bytes/secret-bytes.ts';
import { decodeScalar, timesBase } from '../curve/curve.ts';
import { decodeKey } from './codecs.ts';
import type { DecodedKey, ExportKey } from './export-key.ts';
import { isTrueOf } from './stated-key.ts';

/**
 * Reads a file that was just written, and compares: what it holds, times the generator, is the public key that it was
 * written for, the chain code is the same, and so is what the file says of its public half. Nothing of the key in memory but its public half is trusted.
 * Fails with `recovered-key.mismatch`, and with what `decodeKey` fails with.
 * @param key that was written, with its public halves
 * @param content of the file; the caller wipes it
 */
export async function checkReadBack(
  format: ExportFormat,
  key: Pick<ExportKey, 'curve' | 'publicKey' | 'master'>,
  content: Uint8Array,
  password: SecretBytes | undefined,
): Promise<void> {
  const decoded = await decodeKey(format, content, password);
  try {
    const { publicKey } = EXPORT_FORMATS[format].writes === 'master' ? key.master : key;
    const scalar = decoded.privateKey.use((bytes) => decodeScalar(key.curve, bytes));
    const fits =
      (decoded.curve ?? key.curve.name) === key.curve.name &&
      scalar !== undefined &&
      timesBase(key.curve, scalar).equals(publicKey) &&
      isTrueOf(decoded.stated, key.curve, publicKey);
    if (!fits || !sameChainCode(decoded, key)) throw new RecoveryError('recovered-key.mismatch');
  } finally {
    decoded.privateKey.wipe();
    decoded.chainCode?.wipe();
  }
}

function sameChainCode({ chainCode: read }: DecodedKey, { master }: Pick<ExportKey, 'master'>): boolean {
  if (read === undefined) return true;
  return master.chainCode?.use((kept) => read.use((bytes) => equalBytes(bytes, kept))) === true;
}
