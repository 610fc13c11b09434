import { curveOfAlgorithm, type KeyAlgorithm } from '../../../shared/key-algorithm.ts';
import type { KeyId, QuorumId } from '../../../shared/ids.ts';
import { toBase64 } from '../bytes/base64.ts';
import { toHex } from '../bytes/hex.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { curveOf } from '../curve/curve.ts';
import { encodeSpki } from '../curve/public-key.ts';
import { derive, wipeNode } from '../derive/derive.ts';
import { serializeBackup } from '../ers/serialize.ts';
import { synthesizeBackup, type SyntheticBackup } from '../ers/synthesize.ts';
import type { RsaPublicKey } from '../rsa/public-key.ts';
import { palisadeLabel } from './label.ts';
import { walletPathOf } from './wallet-path.ts';

/** What a synthetic kit is made of. */
export interface KitSynthesisInput {
  readonly keyId: KeyId;
  readonly quorumId: QuorumId;
  readonly keyAlgorithm: KeyAlgorithm;
  readonly players: number;
  readonly threshold: number;
  readonly recoveryKey: RsaPublicKey;
  readonly randomBytes: RandomBytes;
}

/** A synthetic kit file, and what recovering from it must give. */
export interface SyntheticKit {
  /** The content of `recovery_shard-0.txt`. */
  readonly file: Uint8Array;
  readonly secrets: Pick<SyntheticBackup, 'masterPrivateKey' | 'masterChainCode'>;
  /** The wallet's public key, SEC 1 compressed or RFC 8032. */
  readonly walletPublicKey: Uint8Array;
}

/** Makes a Palisade kit of a fresh key, for drills and tests. Source: docs/kits.md, "Palisade kit". */
export function synthesizeKit(input: KitSynthesisInput): SyntheticKit {
  const { keyAlgorithm, recoveryKey, randomBytes } = input;
  const curve = curveOf(curveOfAlgorithm(keyAlgorithm));
  const made = synthesizeBackup({
    curve: curve.name,
    sharing: 'shamir',
    players: input.players,
    threshold: input.threshold,
    ersKey: recoveryKey,
    label: palisadeLabel(input.quorumId, input.keyId),
    randomBytes,
  });
  const masterPoint = made.backup.parts[0]?.publicKey ?? new Uint8Array();
  const master = curve.decodePoint(masterPoint);
  if (master === undefined) throw new Error('the key just made is on its curve');
  const root = {
    curve,
    publicKey: master,
    privateKey: undefined,
    chainCode: new SecretBytes(made.masterChainCode),
  };
  const wallet = derive(root, walletPathOf('palisade', curve.name));
  wipeNode(root);
  wipeNode(wallet);
  const kit = {
    index: 0,
    recoveryPublicKeyHex: toHex(recoveryKey.spkiDer),
    partialRecoveryDataHex: encodeJson(serializeBackup(made.backup)),
    walletRootPublicKeyPkixBase64: toBase64(encodeSpki(curve, masterPoint)),
    walletPublicKeyBase64: toBase64(encodeSpki(curve, curve.encodePoint(wallet.publicKey))),
    keyAlgorithm,
  };
  return {
    file: new TextEncoder().encode(encodeJson(kit)),
    secrets: made,
    walletPublicKey: curve.encodeCompressed(wallet.publicKey),
  };
}

function encodeJson(value: unknown): string {
  return toBase64(new TextEncoder().encode(JSON.stringify(value)));
}
