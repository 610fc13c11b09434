import { basename, dirname, resolve } from 'node:path';

import { groupBy } from '../../../shared/group-by.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { discover, type FoundFile } from '../../files/discover.ts';
import { isInShard, type Shard } from './shard.ts';

/** What is done, and kept as done, at once: the files of one folder, which is one wallet where all is well. */
export interface Unit {
  /** The key id that the folder is named after, else the folder's name. */
  readonly name: string;
  readonly files: readonly FoundFile[];
}

/** The name of the folder that a file lies in: what a bucket is divided by. */
export function unitNameOf({ file, keyId }: Pick<FoundFile, 'file' | 'keyId'>): string {
  return keyId ?? basename(dirname(resolve(file)));
}

/**
 * Finds the folders of wallets below the paths, and reads none of their files.
 * Fails with what `discover` fails with, and with `folder.no-kits` when there is no file at all.
 * @param onFound told of the number found so far
 * @param onPassedOver told of each link, pipe and folder too deep that was not looked into
 */
export async function findUnits(
  paths: readonly string[],
  shard: Shard,
  onFound: (count: number) => void = () => undefined,
  onPassedOver?: (path: string) => void,
): Promise<readonly Unit[]> {
  const units: Unit[] = [];
  let empty = true;
  for await (const found of discover(paths, onPassedOver)) {
    empty = false;
    // Files that were named one by one come in one group, and may be of any number of wallets.
    for (const files of groupBy(found, ({ file }) => dirname(resolve(file)))) {
      const name = unitNameOf(files[0]);
      if (isInShard(shard, name)) units.push({ name, files });
    }
    onFound(units.length);
  }
  if (empty) throw new RecoveryError('folder.no-kits', { folder: paths.join(', ') });
  return units;
}
