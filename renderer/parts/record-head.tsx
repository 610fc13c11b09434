import type { ReactElement } from 'react';

import type { RecordView } from '../../shared/record-view.ts';
import { ReadAloud } from './read-aloud.tsx';

/** The head of the record, in words to be read aloud and written down, and in hex. */
export function RecordHead({
  record: { headHex, headWords },
}: {
  readonly record: Pick<RecordView, 'headHex' | 'headWords'>;
}): ReactElement {
  return <ReadAloud label="The head of the record in words" words={headWords} hex={headHex} />;
}
