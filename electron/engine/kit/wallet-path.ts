import type { CurveName } from '../../../shared/curve-name.ts';
import { MASTER_PATH, parsePath, type DerivationPath } from '../derive/path.ts';

/**
 * Where below the master key a wallet's own key is: a secp256k1 wallet of Palisade uses the first child, all others
 * the master key itself. Source: docs/kits.md, "Key to wallet".
 */
export function walletPathOf(convention: 'palisade' | 'none', curve: CurveName): DerivationPath {
  return convention === 'palisade' && curve === 'secp256k1' ? parsePath('0') : MASTER_PATH;
}
