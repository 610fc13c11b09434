import type { ReactElement } from 'react';

import type { CeremonyKey } from '../../shared/ceremony.ts';
import { ReadAloud } from './read-aloud.tsx';

/** A key's fingerprint: in words to be read aloud, and in hex. */
export function Fingerprint({
  fingerprint: { fingerprintHex, fingerprintWords },
}: {
  readonly fingerprint: Pick<CeremonyKey, 'fingerprintHex' | 'fingerprintWords'>;
}): ReactElement {
  return <ReadAloud label="The fingerprint in words" words={fingerprintWords} hex={fingerprintHex} />;
}
