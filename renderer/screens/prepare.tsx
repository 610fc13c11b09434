import { useState, type ReactElement } from 'react';

import type { Mode } from '../../shared/session-state.ts';
import { start, type ScreenProps } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { InterfaceList } from '../parts/interface-list.tsx';
import { Layout } from '../parts/layout.tsx';
import { MachineNotes } from '../parts/machine-notes.tsx';
import { Note } from '../parts/note.tsx';
import { Tools } from '../parts/tools.tsx';
import { WhoIsHere } from '../parts/who-is-here.tsx';
import { printable } from '../text/details.ts';

const MODES: readonly {
  readonly mode: Mode;
  readonly title: string;
  readonly says: string;
  readonly verb: string;
}[] = [
  {
    mode: 'drill',
    title: 'Drill',
    says: 'Rehearse with sandbox files, your own or some that are made here. It proves that a wallet could be recovered, and wipes the key at the end.',
    verb: 'Start the drill',
  },
  {
    mode: 'live',
    title: 'Live recovery',
    says: 'The wallet’s key is needed now. Only on a machine without any network, and with a second person.',
    verb: 'Start live recovery',
  },
  {
    mode: 'bucket',
    title: 'Check a whole bucket',
    says: 'Every backup is verified with public data. With the recovery key, every wallet is recovered and compared too. Nothing is given out.',
    verb: 'Start the bucket check',
  },
  {
    mode: 'ceremony',
    title: 'Key ceremony',
    says: 'Make the RSA recovery key that platforms back up to, in front of witnesses, and split it if wanted.',
    verb: 'Start the ceremony',
  },
];

const RECOVERY_AT_HAND = [
  'The wallet’s backup files, or the whole bucket',
  'Quorum id and key id, from your offline record',
  'The recovery key file and its password',
  'An address of the wallet to compare with',
  'The second person',
];

const CEREMONY_AT_HAND = [
  'A witness, with paper and pen',
  'Two new media for the private key, one for the public key',
  'A die, if you want to roll',
  'A printer on a cable, if shares are printed',
  'The custodians, with envelopes and seals',
];

/** Live or drill first, the air gap, and what to have at hand. */
export function PrepareScreen({ desk }: ScreenProps<'prepare'>): ReactElement {
  const [mode, setMode] = useState<Mode | null>(desk.state.mode);
  const [operator, setOperator] = useState('');
  const [witnesses, setWitnesses] = useState('');
  const chosen = MODES.find((choice) => choice.mode === mode);
  return (
    <Layout
      desk={desk}
      title="What are you here to do?"
      lead="Choose first. The choice stays in view on every screen, in colour and in words."
      status={
        chosen === undefined
          ? 'Choose one of them to go on.'
          : mode === 'ceremony'
            ? 'Next: who is here.'
            : 'Next: the backup files.'
      }
      main={{
        label: chosen?.verb ?? 'Start',
        disabled: chosen === undefined,
        onPress: () => {
          if (mode !== null) start(desk.ask('mode.choose', { mode, operator, witnesses }));
        },
      }}
    >
      {desk.state.unfinished.length > 0 && <Unfinished desk={desk} />}
      <fieldset className="modes">
        <legend className="unseen">What this session is for</legend>
        {MODES.map((choice) => (
          <label key={choice.mode} className={`mode-choice mode-choice-${choice.mode}`}>
            <input
              type="radio"
              name="mode"
              value={choice.mode}
              checked={mode === choice.mode}
              onChange={() => {
                setMode(choice.mode);
              }}
            />
            <span>
              <b>{choice.title}</b>
              <span>{choice.says}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {/* A ceremony asks in a step of its own, for everybody's part. */}
      {mode !== 'ceremony' && (
        <WhoIsHere {...{ operator, witnesses }} onOperator={setOperator} onWitnesses={setWitnesses} />
      )}
      <div className="two-columns">
        <AirGapCard desk={desk} mode={mode} />
        <section className="card" aria-labelledby="at-hand">
          <h2 id="at-hand">Have these at hand</h2>
          <ul className="ticks">
            {(mode === 'ceremony' ? CEREMONY_AT_HAND : RECOVERY_AT_HAND).map((thing) => (
              <li key={thing}>
                <label>
                  <input type="checkbox" />
                  <span>{thing}</span>
                </label>
              </li>
            ))}
          </ul>
        </section>
        <MachineNotes machine={desk.state.machine} />
      </div>
      <Tools desk={desk} />
    </Layout>
  );
}

/** A run that was killed while it wrote a key left a part of it, which nobody else will find. */
function Unfinished({ desk }: Pick<ScreenProps<'prepare'>, 'desk'>): ReactElement {
  return (
    <Note tone="warn" title="An unfinished key file was left behind">
      <p>
        Breakglass ended while it wrote a key. What is left may hold the key: remove it here, or destroy the
        medium.
      </p>
      <ul>
        {desk.state.unfinished.map((file) => (
          <li key={file}>
            <code>{printable(file)}</code>
          </li>
        ))}
      </ul>
      <div className="note-foot">
        <Button
          disabled={desk.busy !== null}
          onPress={() => {
            start(desk.ask('unfinished.remove', null));
          }}
        >
          Remove it
        </Button>
      </div>
    </Note>
  );
}

const OPEN_WORDS: Readonly<Record<Mode, string>> = {
  live: 'Live recovery will not unlock a key like this. Pull the cable, and turn off Wi-Fi and Bluetooth.',
  bucket:
    'A bucket may be checked like this, but no key is opened. Pull the cable, and turn off Wi-Fi and Bluetooth.',
  drill: 'A drill may go on like this. Pull the cable and turn off Wi-Fi to rehearse it as it will be.',
  ceremony: 'No key is made like this. Pull the cable, and turn off Wi-Fi and Bluetooth.',
};

function AirGapCard({
  desk,
  mode,
}: Pick<ScreenProps<'prepare'>, 'desk'> & { readonly mode: Mode | null }): ReactElement {
  const { holds, interfaces } = desk.state.airGap;
  return (
    <section className={`card ${holds ? '' : 'card-warn'}`} aria-labelledby="air-gap">
      <h2 id="air-gap" className={holds ? 'is-ok' : 'is-warn'}>
        <Icon name={holds ? 'shield' : 'warning'} />
        {holds ? 'The air gap holds' : 'This machine is connected'}
      </h2>
      <InterfaceList interfaces={interfaces} />
      <p className="hint">
        {holds ? 'No network interface is up. It is watched until you finish.' : OPEN_WORDS[mode ?? 'drill']}
      </p>
    </section>
  );
}
