import { curveOfAlgorithm, readKeyAlgorithm, type KeyAlgorithm } from '../../../shared/key-algorithm.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { parseBase64 } from '../bytes/base64.ts';
import { Fields } from '../bytes/fields.ts';
import { parseHex } from '../bytes/hex.ts';
import { parseJson, type JsonObject } from '../bytes/json.ts';
import { curveOf, type Point } from '../curve/curve.ts';
import { decodePublicKey } from '../curve/public-key.ts';
import { summarize, type Backup } from '../ers/backup.ts';
import { parseErs } from '../ers/parse.ts';
import { parseRsaPublicKey, type RsaPublicKey } from '../rsa/public-key.ts';

/** What one Palisade recovery shard file says. Source: docs/kits.md, "Palisade kit". */
export interface PalisadeKit {
  readonly kind: 'palisade-kit';
  /** The N of `recovery_shard-N.txt`. */
  readonly index: number;
  /** The RSA key that this file is encrypted to. */
  readonly recoveryKey: RsaPublicKey;
  /** The wallet's master public key, as the kit states it beside the ERS data. */
  readonly masterPublicKey: Point;
  /** The wallet's own public key, as the kit states it: the master key or its child at `[0]`. */
  readonly walletPublicKey: Point;
  /** Undefined where the kit does not say. */
  readonly keyAlgorithm: KeyAlgorithm | undefined;
  /** All players, some of them, or one. */
  readonly backup: Backup;
}

const MAX_INDEX = 1023;
/** Four times what the largest RSA key takes that can be read. */
const MAX_PUBLIC_KEY_BYTES = 8192;

/** Says by its shape whether a JSON object is a Palisade recovery kit. */
export function looksLikePalisadeKit(value: JsonObject): boolean {
  return Object.hasOwn(value, 'partialRecoveryDataHex') || Object.hasOwn(value, 'recoveryPublicKeyHex');
}

/**
 * Reads a Palisade kit. Source: docs/kits.md, "Palisade kit".
 * Fails with `kit.malformed` (naming the field), `kit.pdkls23`, `kit.key-algorithm-mismatch`, `text.malformed`, and
 * with what `parseErs` and `parseRsaPublicKey` fail with.
 */
export function parsePalisadeKit(value: JsonObject): PalisadeKit {
  const kit = new Fields(value, 'kit.malformed');
  refuseUnrecoverable(kit);
  const recoveryKey = readRecoveryKey(kit);
  // Base64, whatever the field's name says.
  const ersText = new TextDecoder().decode(
    parseBase64(withoutBlanks(kit.text('partialRecoveryDataHex')), 'partialRecoveryDataHex'),
  );
  const backup = parseErs(parseJson(ersText));
  const keyAlgorithm = readStatedAlgorithm(kit);
  const { curve } = summarize(backup);
  if (keyAlgorithm !== undefined && curveOfAlgorithm(keyAlgorithm) !== curve) {
    throw new RecoveryError('kit.key-algorithm-mismatch', { stated: keyAlgorithm, curve });
  }
  const readKey = (field: string): Point => {
    const point = decodePublicKey(curveOf(curve), parseBase64(kit.text(field), field));
    if (point === undefined) throw new RecoveryError('kit.malformed', { field });
    return point;
  };
  return {
    kind: 'palisade-kit',
    index: kit.has('index') ? kit.count('index', MAX_INDEX) : 0,
    recoveryKey,
    masterPublicKey: readKey('walletRootPublicKeyPkixBase64'),
    walletPublicKey: readKey('walletPublicKeyBase64'),
    keyAlgorithm,
    backup,
  };
}

function readRecoveryKey(kit: Fields): RsaPublicKey {
  const field = 'recoveryPublicKeyHex';
  const bytes = parseHex(kit.text(field), field);
  if (bytes.length > MAX_PUBLIC_KEY_BYTES) throw new RecoveryError('kit.malformed', { field });
  return parseRsaPublicKey(bytes);
}

function refuseUnrecoverable(kit: Fields): void {
  for (const field of ['mpcAlgorithm', 'keyType']) {
    if (kit.has(field) && kit.text(field).trim().toLowerCase() === 'pdkls23')
      throw new RecoveryError('kit.pdkls23');
  }
}

function readStatedAlgorithm(kit: Fields): KeyAlgorithm | undefined {
  if (!kit.has('keyAlgorithm') || kit.text('keyAlgorithm') === '') return undefined;
  const algorithm = readKeyAlgorithm(kit.text('keyAlgorithm'));
  if (algorithm === undefined) throw new RecoveryError('kit.malformed', { field: 'keyAlgorithm' });
  return algorithm;
}

function withoutBlanks(text: string): string {
  return text.replace(/\s+/g, '');
}
