import { parseShard, WHOLE, type Shard } from '../session/bucket/shard.ts';
import type { OptionTable, ParsedOptions } from './options.ts';

/** One part of a bucket, for several runs at a time. */
export const SHARD_OPTION: OptionTable = {
  shard: { value: 'K/N', help: 'only part K of N, by the hash of the key ids; the same parts everywhere' },
};

/** Reads which part is meant; the whole when it is not said. Fails with `usage.invalid`. */
export function readShardOption(options: ParsedOptions): Shard {
  const text = options.optional('shard');
  return text === undefined ? WHOLE : parseShard(text);
}
