import type { ReactElement } from 'react';

import { AIR_GAP_OVERRIDE } from '../../shared/session-state.ts';
import { start, type Desk } from '../app/desk.ts';
import { InterfaceList } from './interface-list.tsx';
import { Note } from './note.tsx';
import { TypedSentence } from './typed-sentence.tsx';

/** A live recovery, or a ceremony, on a connected machine: what to switch off, or the sentence that accepts it. */
export function OpenAirGap({ desk }: { readonly desk: Desk }): ReactElement {
  return (
    <>
      <Note tone="bad" title="The air gap is open" urgent>
        <p>
          A connected machine could be read from outside while the key is in memory. Pull the network cable,
          and turn off Wi-Fi, Bluetooth and mobile data. This screen goes on by itself when every interface is
          down.
        </p>
      </Note>
      <div className="card">
        <h2>Network interfaces</h2>
        <InterfaceList interfaces={desk.state.airGap.interfaces} />
      </div>
      <details className="card override">
        <summary>
          It can’t be cut off, and the {desk.state.mode === 'ceremony' ? 'ceremony' : 'recovery'} must go on
        </summary>
        <p>Type this sentence. It goes on the record of this session, with the names of the interfaces.</p>
        <TypedSentence
          sentence={AIR_GAP_OVERRIDE}
          label="The sentence, word for word"
          verb="Accept and go on"
          disabled={desk.busy !== null}
          onTyped={(sentence) => {
            start(desk.ask('air-gap.override', { sentence }));
          }}
        />
      </details>
    </>
  );
}
