import type { ReactElement } from 'react';

import { groupText } from '../text/group-text.ts';

interface ReadAloudProps {
  /** What the words stand for, for readers by ear. */
  readonly label: string;
  readonly words: readonly string[];
  /** The same bytes; null while there are none. */
  readonly hex: string | null;
}

/** A hash in words, to be read aloud and written down, and in hex. */
export function ReadAloud({ label, words, hex }: ReadAloudProps): ReactElement {
  return (
    <>
      <ol className="head-words" aria-label={label}>
        {words.map((word, i) => (
          <li key={i}>{word}</li>
        ))}
      </ol>
      {hex !== null && (
        <p className="head-hex">
          <span className="muted">In hex</span>{' '}
          <code>
            {groupText(hex).map((group, i) => (
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
