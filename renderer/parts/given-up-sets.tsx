import type { ReactElement } from 'react';

import type { CeremonyFile, CeremonyShares } from '../../shared/ceremony.ts';
import { SHARED_WORDS } from '../text/ceremony-words.ts';
import { printable } from '../text/details.ts';
import { count } from '../text/words.ts';
import { Note } from './note.tsx';

/** The sets of shares that another one stands for: why, where they are, and that they have to be destroyed. */
export function GivenUpSets({ sets }: { readonly sets: readonly CeremonyShares[] }): ReactElement | null {
  if (sets.length === 0) return null;
  return (
    <Note tone="warn" title={sets.length === 1 ? 'Destroy the earlier set' : 'Destroy the earlier sets'}>
      {sets.map(({ set, what, needed, pages }) => (
        <p key={set}>
          Set {set} was given up, since shares of it could not be combined. {needed} good ones of it may still
          give {SHARED_WORDS[what]} back: destroy what was printed of it, and delete its{' '}
          {count(pages.length, 'page')} in {printable(folderOf(pages))}. Breakglass deletes none.
        </p>
      ))}
    </Note>
  );
}

/** The folder that all of some files are in. */
export function folderOf(files: readonly CeremonyFile[]): string {
  return files[0]?.file.replace(/[\\/][^\\/]*$/, '') ?? '';
}
