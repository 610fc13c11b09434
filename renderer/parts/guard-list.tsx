import type { ReactElement } from 'react';

import { EXPORT_GUARDS, missingGuards, type ExportGuard, type GivenOut } from '../../shared/export-guards.ts';
import type { Desk } from '../app/desk.ts';
import { GUARD_WORDS } from '../text/export-words.ts';
import { Icon } from './icon.tsx';

/** Everything that has to hold before the key goes out, and how it stands. */
export function GuardList({ desk, what }: { readonly desk: Desk; readonly what: GivenOut }): ReactElement {
  const missing = missingGuards(desk.state, what);
  const shown = EXPORT_GUARDS.filter((guard) => guard !== 'in-the-clear' || missing.includes(guard));
  return (
    <section className="card guards" aria-labelledby="guards-title">
      <h2 id="guards-title">
        Before the key goes out{' '}
        <span className="muted">
          {shown.length - missing.length} of {shown.length}
        </span>
      </h2>
      <ul>
        {shown.map((guard) => (
          <GuardLine key={guard} guard={guard} met={!missing.includes(guard)} />
        ))}
      </ul>
    </section>
  );
}

function GuardLine({ guard, met }: { readonly guard: ExportGuard; readonly met: boolean }): ReactElement {
  return (
    <li className={met ? 'guard-met' : 'guard-open'}>
      <Icon name={met ? 'check' : 'waiting'} />
      {met ? GUARD_WORDS[guard].met : GUARD_WORDS[guard].open}
      <span className="unseen">{met ? ' (met)' : ' (open)'}</span>
    </li>
  );
}
