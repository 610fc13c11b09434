import { createHash } from 'node:crypto';

import { RecoveryError } from '../../../shared/recovery-error.ts';

/** One part of a bucket that was divided among several runs. Source: docs/bucket.md, "Several machines". */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly count: number;
}

const MAX_SHARDS = 10_000;

/** The whole bucket as one part. */
export const WHOLE: Shard = { index: 1, count: 1 };

/**
 * Reads `3/10`: the third part of ten.
 * Fails with `usage.invalid`.
 */
export function parseShard(text: string): Shard {
  const [, index = 0, count = 0] = (/^([1-9]\d{0,4})\/([1-9]\d{0,4})$/.exec(text) ?? []).map(Number);
  if (index < 1 || index > count || count > MAX_SHARDS) {
    throw new RecoveryError('usage.invalid', {
      option: '--shard',
      reason: `write the part and how many there are, like 3/10, at most ${MAX_SHARDS}`,
    });
  }
  return { index, count };
}

/** A shard as `parseShard` reads it; null for the whole. */
export function formatShard({ index, count }: Shard): string | null {
  return count === 1 ? null : `${index}/${count}`;
}

/**
 * Whether a folder is of a part: the first 48 bits of the SHA-256 of its name, as a number, modulo the number of parts.
 * It depends on nothing but the name, so that every run divides alike.
 * @param name the key id in lower case, or the folder's name where it is named after none
 */
export function isInShard({ index, count }: Shard, name: string): boolean {
  const hash = createHash('sha256').update(name, 'utf8').digest();
  return hash.readUIntBE(0, 6) % count === index - 1;
}
