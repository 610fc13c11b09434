import type { ReactElement } from 'react';

import type { CeremonyKey } from '../../shared/ceremony.ts';
import { groupText } from '../text/group-text.ts';

/** A key's fingerprint: in words to be read aloud, and in hex. */
export function Fingerprint({
  fingerprint: { fingerprintHex, fingerprintWords },
}: {
  readonly fingerprint: Pick<CeremonyKey, 'fingerprintHex' | 'fingerprintWords'>;
}): ReactElement {
  return (
    <>
      <ol className="head-words" aria-label="The fingerprint in words">
        {fingerprintWords.map((word, i) => (
          <li key={i}>{word}</li>
        ))}
      </ol>
      <p className="head-hex">
        <span className="muted">In hex</span>{' '}
        <code>
          {groupText(fingerprintHex).map((group, i) => (
            <span key={i} className="group">
              {group}
            </span>
          ))}
        </code>
      </p>
    </>
  );
}
