import type { Brand } from '../../../shared/brand.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';

/** Indices from a master key to a child, each below 2^31. */
export type DerivationPath = Brand<readonly number[], 'DerivationPath'>;

/** The master key itself. */
export const MASTER_PATH = [] as readonly number[] as DerivationPath;

const MAX_LEVELS = 50;
const FIRST_HARDENED = 2 ** 31;

/**
 * Reads a path like `44/60/0/0/0`, with or without `m/` before it; an empty text is the master key. Hardened
 * indices do not exist, since no one player could compute them. Source: docs/derivation-and-addresses.md.
 * Fails with `path.malformed`.
 */
export function parsePath(text: string): DerivationPath {
  const levels = text
    .trim()
    .replace(/^m(?:\/|$)/, '')
    .split('/')
    .filter((level, _, all) => level !== '' || all.length > 1);
  if (levels.length > MAX_LEVELS)
    throw new RecoveryError('path.malformed', { reason: 'too-deep', limit: MAX_LEVELS });
  return levels.map(parseIndex) as readonly number[] as DerivationPath;
}

/** Writes a path as people do, `m` for the master key. */
export function formatPath(path: DerivationPath): string {
  return ['m', ...path].join('/');
}

function parseIndex(level: string): number {
  if (/^\d+['hH]$/.test(level)) throw new RecoveryError('path.malformed', { reason: 'hardened' });
  const index = /^\d{1,10}$/.test(level) ? Number(level) : FIRST_HARDENED;
  if (index >= FIRST_HARDENED) throw new RecoveryError('path.malformed', { reason: 'index' });
  return index;
}
