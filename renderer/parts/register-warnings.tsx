import type { ReactElement } from 'react';

import type { Warning } from '../../shared/warning.ts';
import { warningText } from '../text/warnings.ts';
import { Note } from './note.tsx';

/** What is worth saying of a register that was read; nothing where nothing is. */
export function RegisterWarnings({
  warnings,
}: {
  readonly warnings: readonly Warning[];
}): ReactElement | null {
  if (warnings.length === 0) return null;
  return (
    <Note tone="warn" title="Look at the register">
      {warnings.map((warning) => (
        <p key={warning.code}>{warningText(warning)}</p>
      ))}
    </Note>
  );
}
