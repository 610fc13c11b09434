import { RecoveryError } from '../../../shared/recovery-error.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { decodeScalar, encodeScalar, timesBase, type Curve, type Point } from '../curve/curve.ts';
import type { Decryptor } from '../rsa/decrypt.ts';
import type { Backup } from './backup.ts';
import { openChainCode } from './chain-code.ts';
import { interpolate } from './interpolation.ts';
import { recoverySourceOf, type RecoverySource, type ShareSource } from './recovery-source.ts';

/** A wallet's master key, checked against its public key. The caller owns the secrets and wipes them. */
export interface RecoveredKey {
  readonly curve: Curve;
  readonly publicKey: Point;
  /** The master private key: a scalar, big-endian, as wide as the group order. */
  readonly privateKey: SecretBytes;
  /** The master chain code; undefined when the backup holds none or it can't be read. */
  readonly chainCode: SecretBytes | undefined;
  /** Players whose share could not be rebuilt, where the others were enough. */
  readonly lostPlayers: readonly number[];
}

/** Faults that say something of one player's data, and nothing of the others'. */
const OF_ONE_SHARE: readonly string[] = ['share.rejected', 'decryption.failed', 'proof.encoding-rejected'];

/**
 * Rebuilds the master key. Each share is checked against its commitment and the key against the public key, for a
 * backup of any version; whether the backup's proofs hold is for `validate` to say, before. A Shamir backup is
 * recovered from any `threshold + 1` good shares.
 * It takes one decryption a player and one for the chain code, when nothing is wrong.
 * Source: docs/ers.md, "Recovery".
 * Fails with `decryption.failed`, `share.rejected` (naming the player), `recovered-key.mismatch`,
 * `proof.encoding-rejected`, `proof.player-set`, and at once with what `decrypt` fails with otherwise.
 * @param backup of any version
 * @param decrypt undoes the RSA-OAEP of the ERS key, with the label
 * @param onShare told of each player whose share has been rebuilt
 */
export async function reconstruct(
  backup: Backup,
  decrypt: Decryptor,
  onShare: (player: number) => void = () => undefined,
): Promise<RecoveredKey> {
  const source = recoverySourceOf(backup);
  const needed = source.sharing === 'shamir' ? source.threshold + 1 : source.shares.length;
  if (source.shares.length <= source.threshold) throw new RecoveryError('proof.player-set');
  const shares = new Map<number, bigint>();
  const lost = new Map<number, RecoveryError>();
  for (const { player, read } of source.shares) {
    try {
      shares.set(player, await rebuildShare(source.curve, read(), decrypt));
      onShare(player);
    } catch (error) {
      if (!(error instanceof RecoveryError && OF_ONE_SHARE.includes(error.code))) throw error;
      lost.set(player, error);
    }
  }
  const [firstLoss] = lost.values();
  if (firstLoss !== undefined && shares.size < needed) throw firstLoss;
  const key = combine(source, shares);
  if (!timesBase(source.curve, key).equals(source.publicKey))
    throw new RecoveryError('recovered-key.mismatch');
  const { curve, publicKey } = source;
  const privateKey = SecretBytes.consume(encodeScalar(curve, key));
  try {
    const chainCode = await openChainCode(backup, decrypt);
    return { curve, publicKey, privateKey, chainCode, lostPlayers: [...lost.keys()] };
  } catch (error) {
    privateKey.wipe();
    throw error;
  }
}

/** Any one further value makes the opened ones enough; a bad ciphertext is passed over for the next. */
async function rebuildShare(curve: Curve, source: ShareSource, decrypt: Decryptor): Promise<bigint> {
  let everDecrypted = false;
  for (const [x, ciphertext] of source.ciphertexts) {
    const value = await decryptScalar(curve, ciphertext, decrypt);
    if (value === undefined) continue;
    everDecrypted = true;
    const share = interpolate(curve, new Map([...source.openedValues, [x, value]]), 0);
    if (timesBase(curve, share).equals(source.commitment)) return share;
  }
  throw new RecoveryError(everDecrypted ? 'share.rejected' : 'decryption.failed', { player: source.player });
}

async function decryptScalar(
  curve: Curve,
  ciphertext: Uint8Array,
  decrypt: Decryptor,
): Promise<bigint | undefined> {
  let plaintext: SecretBytes;
  try {
    plaintext = await decrypt(ciphertext);
  } catch (error) {
    if (error instanceof RecoveryError && error.code === 'decryption.failed') return undefined;
    throw error;
  }
  try {
    return plaintext.use((bytes) => decodeScalar(curve, bytes));
  } finally {
    plaintext.wipe();
  }
}

function combine({ curve, sharing, threshold }: RecoverySource, shares: ReadonlyMap<number, bigint>): bigint {
  const { scalars } = curve;
  switch (sharing) {
    case 'shamir': {
      const enough = [...shares].slice(0, threshold + 1);
      return interpolate(curve, new Map(enough.map(([player, share]) => [player + 1, share])), 0);
    }
    case 'additive':
      return [...shares.values()].reduce((sum, share) => scalars.add(sum, share), scalars.ZERO);
    case 'multiplicative':
      return [...shares.values()].reduce((product, share) => scalars.mul(product, share), scalars.ONE);
  }
}
