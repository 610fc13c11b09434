import type { ReactElement } from 'react';

import type { SessionState } from '../../shared/session-state.ts';
import { WRITTEN_THINGS, type WrittenThing } from '../../shared/written.ts';
import { printable } from '../text/details.ts';
import { count } from '../text/words.ts';
import { Fact } from './wallet-facts.tsx';

/** What each thing is called, with how many there are. */
const THING_WORDS: Readonly<Record<WrittenThing, (many: number) => string>> = {
  key: (many) => (many === 1 ? 'The wallet’s key' : `The wallet’s key, ${many} files`),
  'public-key': (many) => `Public key, ${count(many, 'file')}`,
  'private-key': () => 'Private key, encrypted',
  share: (many) => `Shares, ${count(many, 'page')}`,
  'void-share': (many) => `Shares given up, ${count(many, 'page')}`,
  rehearsal: () => 'Folder to rehearse on',
  'bucket-results': () => 'Results of the check',
};

/** The files that a session has left, by name and number; nothing where it left none. */
export function WrittenFiles({
  state: { written, outputs },
}: {
  readonly state: SessionState;
}): ReactElement | null {
  const shown = outputs.filter(({ kind }) => kind === 'shown');
  const things = WRITTEN_THINGS.filter((thing) => written.some(({ what }) => what === thing));
  if (shown.length === 0 && things.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="written-title">
      <h2 id="written-title">What this session left</h2>
      <dl className="facts">
        {things.map((thing) => {
          const names = written.filter(({ what }) => what === thing).map(({ name }) => printable(name));
          return (
            <Fact key={thing} name={THING_WORDS[thing](names.length)}>
              {names.join(', ')}
            </Fact>
          );
        })}
        {shown.length > 0 && (
          <Fact name="Shown on the screen">
            the key at {[...new Set(shown.map(({ path }) => path))].join(', ')}
          </Fact>
        )}
      </dl>
      {things.length > 0 && <p className="hint">Ending the session has not touched them.</p>}
    </section>
  );
}
