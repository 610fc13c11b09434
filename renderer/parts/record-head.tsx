import type { ReactElement } from 'react';

import type { RecordView } from '../../shared/record-view.ts';
import { groupText } from '../text/group-text.ts';

/** The head of the record, in words to be read aloud and written down, and in hex. */
export function RecordHead({
  record,
}: {
  readonly record: Pick<RecordView, 'headHex' | 'headWords'>;
}): ReactElement {
  const { headHex, headWords } = record;
  return (
    <>
      <ol className="head-words" aria-label="The head of the record in words">
        {headWords.map((word, i) => (
          <li key={i}>{word}</li>
        ))}
      </ol>
      {headHex !== null && (
        <p className="head-hex">
          <span className="muted">In hex</span>{' '}
          <code>
            {groupText(headHex).map((group, i) => (
              <span key={i} className="group">
                {group}
              </span>
            ))}
          </code>
        </p>
      )}
    </>
  );
}
