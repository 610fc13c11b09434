import type { CheckOutcome, CheckResult } from '../../../shared/checks.ts';
import type { ErrorCode } from '../../../shared/error-codes.ts';
import { equalBytes } from '../bytes/compare.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { maxMessageBytes, prepareOaep } from '../rsa/oaep.ts';
import type { RsaPublicKey } from '../rsa/public-key.ts';
import { CIPHERTEXTS, OPENINGS, type ProvenPart } from './backup.ts';
import { challengeOf } from './challenge.ts';
import { decodePart, type DecodedPart, type PointReader } from './part-points.ts';
import { checkValues } from './value-proof.ts';

/** What opening a ciphertext again takes. */
export interface OpeningKey {
  readonly publicKey: RsaPublicKey;
  /** The OAEP label; an empty one is a legal label. */
  readonly label: Uint8Array;
}

/** Why the openings can't be checked. */
export interface MissingOpening {
  readonly missing: 'label.unknown' | 'register.not-listed' | 'ers-public-key.unknown';
}

/** What the checks of a part need besides the part. */
export interface PartCheckContext {
  /** Absent when the public key or the label is not known: then the openings are not checked. */
  readonly opening: OpeningKey | MissingOpening;
  readonly readPoint: PointReader;
  readonly randomBytes: RandomBytes;
}

const SEED_BYTES = 32;

type Finding = Pick<CheckResult, 'outcome'> & Partial<CheckResult>;
const PASSED: Finding = { outcome: 'passed' };
const NOT_REACHED: Finding = { outcome: 'not-reached' };

/**
 * Checks one player's part, every check of it, one result a check.
 * Source: docs/ers.md, "Validation".
 * @param part the player's part, as it stands in the file
 * @param context what the checks need
 */
export function* checkPart(part: ProvenPart, context: PartCheckContext): Generator<CheckResult> {
  const result = (check: CheckResult['check'], finding: Finding): CheckResult => ({
    player: part.playerIndex,
    check,
    ...finding,
  });
  const shape = checkShape(part);
  yield result('shape', shape);
  if (shape.outcome === 'failed') {
    for (const check of ['encoding', 'challenge', 'openings', 'values'] as const)
      yield result(check, NOT_REACHED);
    return;
  }
  const { encoding, challenge, values } = checkPoints(part, context);
  yield result('encoding', encoding);
  yield result('challenge', challenge);
  yield result('openings', checkOpenings(part, context.opening));
  yield result('values', values);
}

/** The checks that compute with points. What can't be read as one leaves nothing to compute with. */
function checkPoints(
  part: ProvenPart,
  { readPoint, randomBytes }: PartCheckContext,
): Readonly<Record<'encoding' | 'challenge' | 'values', Finding>> {
  const misread = (field: string, index: number): ReturnType<typeof checkPoints> => ({
    encoding: failure('proof.encoding-rejected', field, index),
    challenge: NOT_REACHED,
    values: NOT_REACHED,
  });
  const decoded = decodePart(part, readPoint);
  if (!('curve' in decoded)) return misread(decoded.field, decoded.index);
  const verdict = checkValues(decoded, part.openedIndices, randomBytes);
  if (verdict.kind === 'encoding') return misread('ys', verdict.index);
  return {
    encoding: PASSED,
    challenge: checkChallenge(part, decoded),
    values: verdict.kind === 'good' ? PASSED : failure('proof.value-rejected', 'vs', verdict.index),
  };
}

function failure(code: ErrorCode, field: string, index?: number): Finding {
  const outcome: CheckOutcome = 'failed';
  return index === undefined ? { outcome, code, field } : { outcome, code, field, index };
}

function checkShape(part: ProvenPart): Finding {
  const lengths = [
    ['es', part.ciphertexts, CIPHERTEXTS],
    ['ys', part.valuePoints, OPENINGS],
    ['combination', part.openedIndices, OPENINGS],
    ['vs', part.openedValues, OPENINGS],
    ['rs', part.openedSeeds, OPENINGS],
  ] as const;
  for (const [field, array, length] of lengths) {
    if (array.length !== length) return failure('proof.shape-rejected', field);
  }
  const misplaced = part.openedIndices.findIndex(
    (index, i) => index >= CIPHERTEXTS || index <= (part.openedIndices[i - 1] ?? -1),
  );
  if (misplaced >= 0) return failure('proof.shape-rejected', 'combination', misplaced);
  const oddSeed = part.openedSeeds.findIndex((seed) => seed.length !== SEED_BYTES);
  if (oddSeed >= 0) return failure('proof.shape-rejected', 'rs', oddSeed);
  return part.shareCommitments.has(part.playerIndex)
    ? PASSED
    : failure('proof.shape-rejected', 'key_share_commitments');
}

function checkChallenge(part: ProvenPart, { curve, publicKey }: DecodedPart): Finding {
  const challenge = challengeOf(part, curve.encodePoint(publicKey));
  const wrong = challenge.findIndex((index, i) => index !== part.openedIndices[i]);
  return wrong < 0 ? PASSED : failure('proof.challenge-rejected', 'combination', part.openedIndices[wrong]);
}

function checkOpenings(part: ProvenPart, opening: PartCheckContext['opening']): Finding {
  if ('missing' in opening) return { outcome: 'not-checked', code: opening.missing };
  const { encrypt } = prepareOaep(opening.publicKey, opening.label);
  const longest = maxMessageBytes(opening.publicKey);
  const wrong = part.openedIndices.findIndex((index, i) => {
    const [value, seed, ciphertext] = [part.openedValues[i], part.openedSeeds[i], part.ciphertexts[index]];
    if (value === undefined || seed === undefined || ciphertext === undefined) return true;
    return value.length > longest || !equalBytes(encrypt(value, seed), ciphertext);
  });
  return wrong < 0 ? PASSED : failure('proof.opening-rejected', 'es', part.openedIndices[wrong]);
}
