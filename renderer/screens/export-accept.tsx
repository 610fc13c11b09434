import { useState, type ReactElement } from 'react';

import { start, type ScreenProps } from '../app/desk.ts';
import { GuardList } from '../parts/guard-list.tsx';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { OpenAirGap } from '../parts/open-air-gap.tsx';

/** A backup that carries no proof: the recovery has checked what it can, and that has to be enough. */
export function AcceptUnverifiedScreen({ stage, desk }: ScreenProps<'export'>): ReactElement {
  const [accepted, setAccepted] = useState(false);
  return (
    <Layout
      desk={desk}
      canGoBack
      title="This backup could not be verified"
      lead="It carries no proof, so nothing could be said of it beforehand."
      status={accepted ? 'Next: the second person.' : 'Accept it to go on, or go back.'}
      main={{
        label: 'Accept and go on',
        disabled: !accepted,
        onPress: () => {
          start(desk.ask('export.acknowledge', { what: 'not-verifiable' }));
        },
      }}
    >
      <Note tone="warn" title="What was checked all the same">
        <p>
          Every share was held against its public commitment, and the rebuilt key against the wallet’s public
          key. The key is right. What is missing is the proof that the other shares are.
        </p>
      </Note>
      <div className="card">
        <label className="tick">
          <input
            type="checkbox"
            checked={accepted}
            onChange={(event) => {
              setAccepted(event.target.checked);
            }}
          />
          <span>I have read this, and it goes on the record.</span>
        </label>
      </div>
      <GuardList desk={desk} what={stage.draft.format} />
    </Layout>
  );
}

/** The machine was connected after the key was rebuilt. */
export function CutOffScreen({ stage, desk }: ScreenProps<'export'>): ReactElement {
  return (
    <Layout
      desk={desk}
      canGoBack
      title="Cut the machine off first"
      lead="The key is in memory, and is not given out while the machine is connected to a network."
      status="Waiting for the air gap."
      main={null}
    >
      <OpenAirGap desk={desk} />
      <GuardList desk={desk} what={stage.draft.format} />
    </Layout>
  );
}
