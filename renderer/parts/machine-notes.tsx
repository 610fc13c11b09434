import type { ReactElement } from 'react';

import type { Machine } from '../../shared/machine.ts';
import { APP_NETWORK_WORDS, MEMORY_RISK_WORDS } from '../text/machine-words.ts';
import { Icon } from './icon.tsx';

/** What the system keeps the app from, and where its memory may go. */
export function MachineNotes({ machine }: { readonly machine: Machine | null }): ReactElement | null {
  if (machine === null) return null;
  const { appNetwork, memoryRisks } = machine;
  const isCutOff = appNetwork === 'none';
  return (
    <section className="card" aria-labelledby="machine">
      <h2 id="machine">This app on this machine</h2>
      <ul className="machine-notes">
        <li className={isCutOff ? 'is-ok' : undefined}>
          <Icon name={isCutOff ? 'check' : 'warning'} />
          <span>{APP_NETWORK_WORDS[appNetwork]}</span>
        </li>
        {memoryRisks.length === 0 && (
          <li className="is-ok">
            <Icon name="check" />
            <span>The system writes no memory to disk: no swap, no dumps.</span>
          </li>
        )}
        {memoryRisks.map((risk) => (
          <li key={risk} className="is-warn">
            <Icon name="warning" />
            <span>{MEMORY_RISK_WORDS[risk]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
