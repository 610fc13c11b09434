import type { ReactElement } from 'react';

import type { RecordCheckView } from '../../shared/record-check.ts';
import { printable } from '../text/details.ts';
import { RECORD_CHECK_NAMES, recordCheckText, type RecordCheckText } from '../text/record-check-words.ts';
import { Icon, type IconName } from './icon.tsx';

const ICONS: Readonly<Record<RecordCheckText['tone'], IconName>> = {
  ok: 'check',
  warn: 'warning',
  bad: 'cross',
  plain: 'skipped',
};

/** Every check of a record, and how it ended. */
export function RecordCheckList({ checks }: Pick<RecordCheckView, 'checks'>): ReactElement {
  return (
    <section className="card card-flush" aria-label="Checks of the record">
      <ul>
        {checks.map((result, i) => {
          const { tone, outcome, says } = recordCheckText(result);
          return (
            <li key={i} className="record-check">
              <div>
                <b>{RECORD_CHECK_NAMES[result.check]}</b>
                <p className="hint">{printable(says)}</p>
              </div>
              <span className={`tag tag-${tone}`}>
                <Icon name={ICONS[tone]} />
                {outcome}
              </span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
