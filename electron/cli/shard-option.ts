import type { OptionTable } from './options.ts';

/** One part of a bucket, for several runs at a time. */
export const SHARD_OPTION: OptionTable = {
  shard: { value: 'K/N', help: 'only part K of N, by the hash of the key ids; the same parts everywhere' },
};
