import { BACKUP_CHECKS, PLAYER_CHECKS, type CheckResult } from '../../../shared/checks.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { curveOf, type Point } from '../curve/curve.ts';
import { findDisagreement } from './agreement-check.ts';
import type { Backup, ProvenBackup, ProvenPart, UnprovenBackup } from './backup.ts';
import { checkPart, type PartCheckContext } from './part-checks.ts';
import { rememberingPointReader, type PointReader } from './part-points.ts';
import { commitmentsMakeKey } from './sharing-check.ts';

/** What validation is given. It needs no secret. */
export interface ValidationInput {
  readonly backup: Backup;
  readonly opening: PartCheckContext['opening'];
  /** The master public key that the product states outside of the ERS data, if it does. */
  readonly statedPublicKey: Point | undefined;
  readonly randomBytes: RandomBytes;
}

/**
 * Runs every check of a backup, one result each, as each is done. The work of one player lies between two
 * results, so that a caller may show progress or stop. Source: docs/ers.md, "Validation".
 */
export function* validate(input: ValidationInput): Generator<CheckResult> {
  const { backup } = input;
  if (backup.kind === 'unproven') {
    yield* nothingToCheck(backup);
    return;
  }
  const readPoint = rememberingPointReader();
  yield* checkWhole(backup, input.statedPublicKey, readPoint);
  for (const part of backup.parts) yield* checkPart(part, { ...input, readPoint });
  yield checkSharing(backup, readPoint);
}

/** The results of a version 1 backup, which carries no proof: every check by its name, not checked. */
export function* nothingToCheck({ parts }: UnprovenBackup): Generator<CheckResult> {
  const notChecked = { outcome: 'not-checked', code: 'backup.version-1' } as const;
  for (const check of BACKUP_CHECKS) yield { player: null, check, ...notChecked };
  for (const { playerIndex: player } of parts) {
    for (const check of PLAYER_CHECKS) yield { player, check, ...notChecked };
  }
}

/** The checks of a backup that come before its parts: agreement, players, public key. */
export function* checkWhole(
  backup: ProvenBackup,
  statedPublicKey: Point | undefined,
  readPoint: PointReader,
): Generator<CheckResult> {
  yield checkAgreement(backup);
  yield checkPlayers(backup);
  yield checkPublicKey(backup, statedPublicKey, readPoint);
}

function checkAgreement({ parts }: ProvenBackup): CheckResult {
  const differing = findDisagreement(parts);
  return differing === undefined
    ? { player: null, check: 'agreement', outcome: 'passed' }
    : {
        player: differing.player,
        check: 'agreement',
        outcome: 'failed',
        code: 'proof.parameters-disagree',
        field: differing.field,
      };
}

/** Enough players to recover, and exactly those that the backup speaks of. The parser has refused doubles. */
function checkPlayers({ parts, version }: ProvenBackup): CheckResult {
  const [first] = parts;
  const enough = first !== undefined && parts.length >= 2 && parts.length > first.threshold;
  const committed = parts.every((part) => part.shareCommitments.has(part.playerIndex));
  const everyone = parts.length === first?.shareCommitments.size;
  const complete =
    version === '2'
      ? everyone && parts.every((part, i) => part.playerCount === parts.length && part.playerIndex === i)
      : everyone || first?.sharing === 'shamir';
  return enough && committed && complete
    ? { player: null, check: 'players', outcome: 'passed' }
    : { player: null, check: 'players', outcome: 'failed', code: 'proof.player-set' };
}

function checkPublicKey(
  backup: ProvenBackup,
  stated: Point | undefined,
  readPoint: PointReader,
): CheckResult {
  const check = { player: null, check: 'public-key' } as const;
  if (stated === undefined) return { ...check, outcome: 'not-checked' };
  const matches = backup.parts.every((part) => {
    const point = readPoint(curveOf(part.curve), part.publicKey);
    // A part may name another curve than the stated key's, and noble throws on points of two curves.
    return point?.constructor === stated.constructor && point.equals(stated);
  });
  return matches
    ? { ...check, outcome: 'passed' }
    : { ...check, outcome: 'failed', code: 'public-key.mismatch', field: 'public_key' };
}

/** The check that comes after the parts: the commitments, which have to agree first, share out the public key. */
export function checkSharing({ parts }: ProvenBackup, readPoint: PointReader): CheckResult {
  const check = { player: null, check: 'sharing' } as const;
  const [first] = parts;
  if (first === undefined || findDisagreement(parts) !== undefined)
    return { ...check, outcome: 'not-reached' };
  if (first.sharing === 'multiplicative')
    return { ...check, outcome: 'not-checked', code: 'backup.multiplicative' };
  const curve = curveOf(first.curve);
  const publicKey = readPoint(curve, first.publicKey);
  const commitments = readCommitments(first, readPoint);
  if (publicKey === undefined || commitments === undefined) return { ...check, outcome: 'not-reached' };
  return commitmentsMakeKey(curve, first.sharing, first.threshold, commitments, publicKey)
    ? { ...check, outcome: 'passed' }
    : { ...check, outcome: 'failed', code: 'proof.sharing-rejected', field: 'key_share_commitments' };
}

function readCommitments(part: ProvenPart, readPoint: PointReader): ReadonlyMap<number, Point> | undefined {
  const commitments = new Map<number, Point>();
  for (const [player, bytes] of part.shareCommitments) {
    const point = readPoint(curveOf(part.curve), bytes);
    if (point === undefined) return undefined;
    commitments.set(player, point);
  }
  return commitments;
}
