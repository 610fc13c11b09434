import { createHmac } from 'node:crypto';
import { combine, split } from 'shamir-secret-sharing';

import { SHARED_THINGS, type SharedThing } from '../../../shared/ceremony.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { SecretBytes } from '../bytes/secret-bytes.ts';
import { MAX_SHARES, SET_BYTES, setName, type CustodianShare } from './share.ts';

/** The largest secret that is split, in bytes: three times a key file of RSA-4096. */
export const MAX_SHARED_BYTES = 16_384;

const LENGTH_BYTES = 2;
const TAG_BYTES = 16;
/** Shares are as long as what is split: padding keeps them from telling a password's length. */
const PASSWORD_BLOCK_BYTES = 64;

/** How a secret is split. */
export interface SplitRequest {
  /** How many shares open it: 2 or more. */
  readonly needed: number;
  /** How many there are: up to 16. */
  readonly of: number;
  readonly what: SharedThing;
  /** Names the set. The polynomials are drawn by the library, of the runtime's own randomness. */
  readonly randomBytes: RandomBytes;
}

/**
 * Splits a secret into shares of which any `needed` open it and fewer say nothing about it but an upper bound of its
 * length: Shamir's scheme over GF(2^8). Inside goes a tag, by which the right secret is known when it comes together.
 * Source: docs/ceremony.md, "Shares". Fails with `custodian-share.counts`, `custodian-share.secret-size`.
 * @param secret 1 to 16384 bytes
 */
export async function splitSecret(
  secret: SecretBytes,
  { needed, of, what, randomBytes }: SplitRequest,
): Promise<readonly CustodianShare[]> {
  checkCounts(needed, of);
  if (secret.length < 1 || secret.length > MAX_SHARED_BYTES) {
    throw new RecoveryError('custodian-share.secret-size', {
      bytes: secret.length,
      maximum: MAX_SHARED_BYTES,
    });
  }
  const set = { what, needed, of, setBytes: randomBytes(SET_BYTES) };
  const packed = secret.use((bytes) => pack(bytes, set));
  try {
    const points = await split(packed, of, needed);
    return points.map((point, i) => ({ ...set, index: i + 1, point }));
  } finally {
    packed.fill(0);
  }
}

/** Refuses numbers of shares that can't be, before anything is asked for. Fails with `custodian-share.counts`. */
export function checkCounts(needed: number, of: number): void {
  const areCounts = Number.isInteger(needed) && Number.isInteger(of);
  if (!areCounts || needed < 2 || needed > of || of > MAX_SHARES) {
    throw new RecoveryError('custodian-share.counts', { needed, of, maximum: MAX_SHARES });
  }
}

/**
 * Combines shares; more than are needed are all held against each other. The caller wipes the result.
 * Source: docs/ceremony.md, "Shares". Fails with `custodian-share.other-set`, `custodian-share.duplicate`,
 * `custodian-share.too-few`, `custodian-share.do-not-combine`.
 */
export async function combineShares(shares: readonly CustodianShare[]): Promise<SecretBytes> {
  refuseMixture(shares);
  const [first] = shares;
  if (first === undefined) throw new RecoveryError('custodian-share.too-few', { given: 0 });
  if (shares.length < first.needed) {
    throw new RecoveryError('custodian-share.too-few', { given: shares.length, needed: first.needed });
  }
  let packed: Uint8Array;
  try {
    packed = await combine(shares.map(({ point }) => point));
  } catch {
    // Lengths and numbers were looked at: what is left is one x in two shares, or none.
    throw new RecoveryError('custodian-share.do-not-combine');
  }
  try {
    return unpack(packed, first);
  } finally {
    packed.fill(0);
  }
}

/**
 * Holds shares against each other before any arithmetic, as they come in one by one.
 * Fails with `custodian-share.other-set`, `custodian-share.duplicate`, and `custodian-share.do-not-combine` for shares
 * that name one set and disagree on what it is.
 */
export function refuseMixture(shares: readonly CustodianShare[]): void {
  const [first] = shares;
  const seen = new Set<number>();
  for (const share of shares) {
    if (first === undefined) return;
    if (!equalBytes(first.setBytes, share.setBytes)) {
      throw new RecoveryError('custodian-share.other-set', { set: setName(first), otherSet: setName(share) });
    }
    if (seen.has(share.index)) throw new RecoveryError('custodian-share.duplicate', { index: share.index });
    seen.add(share.index);
    const facts = ({ what, needed, of, point }: CustodianShare): string =>
      [what, needed, of, point.length].join(' ');
    if (facts(first) !== facts(share)) throw new RecoveryError('custodian-share.do-not-combine');
  }
}

/** Overwrites the points of shares that are no longer needed. */
export function wipeShares(shares: readonly CustodianShare[]): void {
  for (const { point } of shares) point.fill(0);
}

type SetFacts = Pick<CustodianShare, 'what' | 'needed' | 'of' | 'setBytes'>;

/** Tag, length, secret, zeros. */
function pack(secret: Uint8Array, set: SetFacts): Uint8Array {
  const length = LENGTH_BYTES + secret.length;
  const block = set.what === 'password' ? PASSWORD_BLOCK_BYTES : 1;
  const packed = new Uint8Array(TAG_BYTES + Math.ceil(length / block) * block);
  new DataView(packed.buffer).setUint16(TAG_BYTES, secret.length);
  packed.set(secret, TAG_BYTES + LENGTH_BYTES);
  packed.set(tagOf(packed.subarray(TAG_BYTES), set));
  return packed;
}

function unpack(packed: Uint8Array, set: SetFacts): SecretBytes {
  const body = packed.subarray(TAG_BYTES);
  const length = body.length < LENGTH_BYTES ? 0 : new DataView(body.buffer, body.byteOffset).getUint16(0);
  const isWhole =
    packed.length > TAG_BYTES + LENGTH_BYTES && equalBytes(tagOf(body, set), packed.subarray(0, TAG_BYTES));
  if (!isWhole || length < 1 || length > body.length - LENGTH_BYTES) {
    throw new RecoveryError('custodian-share.do-not-combine');
  }
  return new SecretBytes(body.subarray(LENGTH_BYTES, LENGTH_BYTES + length));
}

/** Half of HMAC-SHA-256 of what is split, under what each share says of its set. It is split too, and so secret. */
function tagOf(body: Uint8Array, { what, needed, of, setBytes }: SetFacts): Uint8Array {
  const key = Uint8Array.from([SHARED_THINGS.indexOf(what), needed, of, ...setBytes]);
  return createHmac('sha256', key).update(body).digest().subarray(0, TAG_BYTES);
}
