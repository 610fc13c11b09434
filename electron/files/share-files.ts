import { join } from 'node:path';

import { RecoveryError } from '../../shared/recovery-error.ts';
import { equalBytes } from '../engine/bytes/compare.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { sharePage, shareTextOf, type SharePageFacts } from '../engine/shares/share-page.ts';
import { setName, type CustodianShare } from '../engine/shares/share.ts';
import { readShareText } from '../engine/shares/share-text.ts';
import { combineShares, wipeShares } from '../engine/shares/split.ts';
import { withFile } from './with-file.ts';
import { writeTogether } from './write-together.ts';

/** The largest file a share is read from: a page of the largest share has a third of it. */
const MAX_SHARE_FILE_BYTES = 1 << 20;

/** Where the pages of a set of shares go, and what stands on them. */
export interface SharePages {
  readonly folder: string;
  readonly shares: readonly CustodianShare[];
  /** One name a share, in their order; those that are not given leave a line to write on. */
  readonly custodians: readonly string[];
  readonly fingerprintHex: string | undefined;
  readonly fingerprintWords?: SharePageFacts['fingerprintWords'];
  /** Given what removes each file, for a caller that may be interrupted. */
  readonly onCreated?: ((remove: () => void) => void) | undefined;
  /** Given the path of each unfinished file before it exists, for a caller that remembers it. */
  readonly onBegin?: ((partFile: string) => void) | undefined;
}

/**
 * Writes a page for each share, as new files that only the owner reads: all of them, or none. `checkShareFiles` has to
 * follow before what was split is wiped. Fails with what `writeExclusive` fails with.
 * @returns the paths, in the order of the shares
 */
export async function writeSharePages(pages: SharePages): Promise<readonly string[]> {
  const { folder, shares, custodians, fingerprintHex, fingerprintWords, onCreated, onBegin } = pages;
  const files = shares.map((share, i) => {
    const page = sharePage(share, { custodian: custodians[i], fingerprintHex, fingerprintWords });
    return { file: join(folder, pageName(share)), content: new TextEncoder().encode(page) };
  });
  try {
    await writeTogether(files, onCreated, onBegin);
  } finally {
    for (const { content } of files) content.fill(0);
  }
  return files.map(({ file }) => file);
}

/**
 * Reads a share from a file: a page that this program made, or the share's lines as text.
 * Fails with what `readShareText` fails with, and with `file.not-found` and its like, naming the file.
 */
export function readShareFile(file: string): Promise<CustodianShare> {
  return withFile(file, MAX_SHARE_FILE_BYTES, (content) =>
    readShareText(shareTextOf(new TextDecoder().decode(content))),
  );
}

/**
 * Shows that shares open the secret as they lie on the disk: reads every file back, and combines them in turns so
 * that each share takes part and each turn has no more than are needed.
 * Fails with `custodian-share.do-not-combine`, and what reading a share fails with.
 * @param files all of one set
 * @param secret what was split
 */
export async function checkShareFiles(files: readonly string[], secret: SecretBytes): Promise<void> {
  const shares: CustodianShare[] = [];
  try {
    for (const file of files) shares.push(await readShareFile(file));
    for (const [start, { needed }] of shares.entries()) {
      const turn = Array.from({ length: needed }, (_, i) => shares[(start + i) % shares.length]);
      const combined = await combineShares(turn.filter((share) => share !== undefined));
      const isSame = combined.use((a) => secret.use((b) => equalBytes(a, b)));
      combined.wipe();
      if (!isSame) throw new RecoveryError('custodian-share.do-not-combine');
    }
  } finally {
    wipeShares(shares);
  }
}

function pageName(share: CustodianShare): string {
  return `custodian-share-${setName(share)}-${share.index}-of-${share.of}.html`;
}
