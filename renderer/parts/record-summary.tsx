import type { ReactElement } from 'react';

import type { RecordSummary as Summary } from '../../shared/record-check.ts';
import { printable } from '../text/details.ts';
import { RECORD_MODE_WORDS, ROLE_WORDS } from '../text/record-check-words.ts';
import { timeText } from '../text/time-text.ts';
import { count } from '../text/words.ts';
import { Icon } from './icon.tsx';

/** What a record says in short: what it was, when, who was there, how it ended. */
export function RecordSummary({ summary }: { readonly summary: Summary }): ReactElement {
  const { mode, from, to, entries, closed, app, people, outcome } = summary;
  const facts: readonly (readonly [string, string])[] = [
    ['Session', RECORD_MODE_WORDS[mode]],
    ['From', timeText(from)],
    ['To', `${timeText(to)}${closed ? '' : ', not closed'}`],
    ['Entries', count(entries, 'entry', 'entries')],
    ...people.map(({ name, role }): readonly [string, string] => ['Present', `${name}, ${ROLE_WORDS[role]}`]),
    ['Made by', `Breakglass ${app.version}, ${app.name === 'app' ? 'the app' : 'the command line'}`],
    ['Its hash', app.hash ?? 'not known'],
  ];
  return (
    <section className="card stack" aria-labelledby="summary-title">
      <h2 id="summary-title">What it records</h2>
      <dl className="facts">
        {facts.map(([name, value], i) => (
          <div key={i} className="fact">
            <dt>{name}</dt>
            <dd>{printable(value)}</dd>
          </div>
        ))}
      </dl>
      <ul className="outcome">
        {outcome.map(({ good, text }, i) => (
          <li key={i} className={good ? 'is-ok' : 'is-warn'}>
            <Icon name={good ? 'check' : 'warning'} />
            <span>{printable(text)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
