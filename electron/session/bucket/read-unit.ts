import { createHash } from 'node:crypto';
import { basename } from 'node:path';

import packageJson from '../../../package.json' with { type: 'json' };
import type { BucketMode } from '../../../shared/bucket.ts';
import { RecoveryError, type Fault } from '../../../shared/recovery-error.ts';
import { settle } from '../../../shared/result.ts';
import { CHECKS_VERSION } from '../../engine/ers/checks-version.ts';
import { readKitFile, startsLikeKit } from '../../engine/kit/kit-file.ts';
import { isStranger, type LoadFault } from '../../engine/kit/sort-kits.ts';
import { MAX_FILE_BYTES, readCapped } from '../../files/read-capped.ts';
import type { KnownRow, WalletFile } from '../../proof-pool/wallet-job.ts';
import type { Unit } from './find-units.ts';

/** The most that one folder may hold of what looks like kits: four times the largest file. */
const MAX_UNIT_BYTES = 4 * MAX_FILE_BYTES;

/** Which program checks, as it stands in state files: results of another one are found anew. */
export const CHECKER = `${packageJson.version}/${CHECKS_VERSION}`;

/** The files of a folder, read. */
export interface ReadUnit {
  /** Files that start as kits do: all that may be given to another thread. */
  readonly files: readonly WalletFile[];
  /** Files that should be kits and are none, or can't be read. */
  readonly faults: readonly LoadFault[];
  /** SHA-256 of everything that the result depends on, hex; undefined where a file could not be read. */
  readonly fingerprintHex: string | undefined;
}

/**
 * Reads the files of a folder. One that does not start as a kit does may be a key: it is wiped here, and goes nowhere.
 * @param rows of the register, of the key ids that the folder may hold
 * @param mode what is done, on which the result depends too
 * @param recoveryKeyHex fingerprint of the key that recovers; empty where none does
 */
export async function readUnit(
  { name, files: found }: Unit,
  rows: readonly KnownRow[],
  mode: BucketMode,
  recoveryKeyHex: string,
): Promise<ReadUnit> {
  const files: WalletFile[] = [];
  const faults: LoadFault[] = [];
  const hash = createHash('sha256').update(JSON.stringify([CHECKER, mode, recoveryKeyHex, name, rows]));
  let readable = true;
  let bytes = 0;
  for (const { file, keyId, mustBeKit } of found) {
    const read = await settle(() => readCapped(file));
    if (!read.ok) {
      if (isStranger(mustBeKit, read.fault)) continue;
      readable = false;
      faults.push({ files: [file], keyId, fault: read.fault });
      continue;
    }
    const content = read.value;
    if (!startsLikeKit(content)) {
      const fault = await notAKit(file, content);
      content.fill(0);
      if (mustBeKit) faults.push({ files: [file], keyId, fault });
      hash.update(JSON.stringify([basename(file), mustBeKit, 'no kit']));
      continue;
    }
    bytes += content.length;
    if (bytes > MAX_UNIT_BYTES) {
      const fault = new RecoveryError('file.too-large', { file, limit: MAX_UNIT_BYTES }).toFault();
      return { files: [], faults: [{ files: [file], keyId, fault }], fingerprintHex: undefined };
    }
    const sha256 = createHash('sha256').update(content).digest('hex');
    hash.update(JSON.stringify([basename(file), mustBeKit, keyId ?? '', sha256]));
    files.push({ file, keyId, mustBeKit, content });
  }
  return { files, faults, fingerprintHex: readable ? hash.digest('hex') : undefined };
}

/** Says what a file looks like that is no kit. */
async function notAKit(file: string, content: Uint8Array): Promise<Fault> {
  const kit = await settle(() => readKitFile(content));
  const { code, details } = kit.ok ? { code: 'kit.not-understood' as const, details: {} } : kit.fault;
  return new RecoveryError(code, details).within({ file }).toFault();
}
