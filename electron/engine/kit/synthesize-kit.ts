import { curveOfAlgorithm, type KeyAlgorithm } from '../../../shared/key-algorithm.ts';
import type { KeyId, QuorumId } from '../../../shared/ids.ts';
import { toBase64 } from '../bytes/base64.ts';
import { toHex } from '../bytes/hex.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { curveOf, type Curve, type Point } from '../curve/curve.ts';
import { encodeSpki } from '../curve/public-key.ts';
import { derive, wipeNode } from '../derive/derive.ts';
import { serializeBackup } from '../ers/serialize.ts';
import { dealSecrets, synthesizeBackup, type SyntheticBackup } from '../ers/synthesize.ts';
import type { RsaPublicKey } from '../rsa/public-key.ts';
import { palisadeLabel } from './label.ts';
import { walletPathOf } from './wallet-path.ts';

/** What the synthetic kits of one wallet are made of. */
export interface WalletSynthesisInput {
  readonly keyId: KeyId;
  readonly quorumId: QuorumId;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly players: number;
  readonly threshold: number;
  /** The wallet is backed up to each. */
  readonly recoveryKeys: readonly [RsaPublicKey, ...RsaPublicKey[]];
  readonly randomBytes: RandomBytes;
}

/** What one synthetic kit is made of. */
export interface KitSynthesisInput extends Omit<WalletSynthesisInput, 'recoveryKeys'> {
  readonly recoveryKey: RsaPublicKey;
}

/** The synthetic kit files of one wallet, and what recovering from any of them must give. */
export interface SyntheticWallet {
  /** The content of `recovery_shard-<N>.txt`, one for each recovery key. */
  readonly files: readonly [Uint8Array, ...Uint8Array[]];
  readonly secrets: Pick<SyntheticBackup, 'masterPrivateKey' | 'masterChainCode'>;
  /** The wallet's public key, SEC 1 compressed or RFC 8032. */
  readonly walletPublicKey: Uint8Array;
}

/** A synthetic kit file, and what recovering from it must give. */
export interface SyntheticKit extends Omit<SyntheticWallet, 'files'> {
  /** The content of `recovery_shard-0.txt`. */
  readonly file: Uint8Array;
}

/** Makes a Palisade kit of a fresh key, for drills and tests. Source: docs/kits.md, "Palisade kit". */
export function synthesizeKit({ recoveryKey, ...input }: KitSynthesisInput): SyntheticKit {
  const { files, ...made } = synthesizeWallet({ ...input, recoveryKeys: [recoveryKey] });
  return { file: files[0], ...made };
}

/**
 * Makes the Palisade kits of a fresh key, one for each recovery key, for drills and tests.
 * Source: docs/kits.md, "Palisade kit".
 */
export function synthesizeWallet(input: WalletSynthesisInput): SyntheticWallet {
  const { keyAlgorithm, recoveryKeys, randomBytes } = input;
  const curve = curveOf(curveOfAlgorithm(keyAlgorithm));
  const sharing = {
    curve: curve.name,
    sharing: 'shamir',
    players: input.players,
    threshold: input.threshold,
    randomBytes,
  } as const;
  const label = palisadeLabel(input.quorumId, input.keyId);
  const dealt = dealSecrets(sharing);
  const backupTo = (ersKey: RsaPublicKey): SyntheticBackup =>
    synthesizeBackup({ ...sharing, ersKey, label }, dealt);
  const [firstKey, ...otherKeys] = recoveryKeys;
  const made = backupTo(firstKey);
  const masterPoint = made.backup.parts[0]?.publicKey ?? new Uint8Array();
  const walletPoint = walletPointOf(curve, masterPoint, made.masterChainCode);
  const kitOf = ({ backup }: SyntheticBackup, key: RsaPublicKey, index: number): Uint8Array =>
    new TextEncoder().encode(
      encodeJson({
        index,
        recoveryPublicKeyHex: toHex(key.spkiDer),
        partialRecoveryDataHex: encodeJson(serializeBackup(backup)),
        walletRootPublicKeyPkixBase64: toBase64(encodeSpki(curve, masterPoint)),
        walletPublicKeyBase64: toBase64(encodeSpki(curve, curve.encodePoint(walletPoint))),
        keyAlgorithm,
      }),
    );
  return {
    files: [kitOf(made, firstKey, 0), ...otherKeys.map((key, i) => kitOf(backupTo(key), key, i + 1))],
    secrets: made,
    walletPublicKey: curve.encodeCompressed(walletPoint),
  };
}

/** The wallet's own public key below the master key. */
function walletPointOf(curve: Curve, masterPoint: Uint8Array, chainCodeBytes: Uint8Array): Point {
  const publicKey = curve.decodePoint(masterPoint);
  if (publicKey === undefined) throw new Error('the key just made is on its curve');
  const root = { curve, publicKey, privateKey: undefined, chainCode: new SecretBytes(chainCodeBytes) };
  const wallet = derive(root, walletPathOf('palisade', curve.name));
  wipeNode(root);
  wipeNode(wallet);
  return wallet.publicKey;
}

function encodeJson(value: unknown): string {
  return toBase64(new TextEncoder().encode(JSON.stringify(value)));
}
