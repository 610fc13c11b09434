import { useState, type ReactElement } from 'react';

import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../shared/key-algorithm.ts';
import {
  MAX_REHEARSAL_KEYS,
  MAX_REHEARSAL_PLAYERS,
  REHEARSAL_FAULTS,
  type RehearsalFault,
} from '../../shared/rehearsal.ts';
import { start, type ScreenProps } from '../app/desk.ts';
import { Choice } from '../parts/choice.tsx';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { NumberField } from '../parts/number-field.tsx';
import { REHEARSAL_WORDS } from '../text/rehearsal-words.ts';

const FORM = 'rehearsal';

/** Which wallets are made. */
type Which = 'both' | KeyAlgorithm;

/** What the files of a drill are to be: players and shares, recovery keys, and a fault to meet. */
export function RehearsalScreen({ stage: { making }, desk }: ScreenProps<'rehearsal'>): ReactElement {
  const [players, setPlayers] = useState(3);
  const [needed, setNeeded] = useState(2);
  const [recoveryKeys, setRecoveryKeys] = useState(1);
  const [which, setWhich] = useState<Which>('both');
  const [fault, setFault] = useState<RehearsalFault>('none');
  const make = (): void => {
    const keyAlgorithms = which === 'both' ? KEY_ALGORITHMS : [which];
    start(desk.ask('rehearsal.make', { players, threshold: needed - 1, keyAlgorithms, recoveryKeys, fault }));
  };
  return (
    <Layout
      desk={desk}
      canGoBack={!making}
      title="Make files to rehearse on"
      lead="Breakglass makes wallets that hold nothing, with a bucket, a register and a recovery key, in a new folder of your choice. You then go the whole path with them."
      status={
        making
          ? 'Making the files. An RSA-4096 key takes some seconds.'
          : 'Next: choose where the new folder goes.'
      }
      main={{ label: making ? 'Making…' : 'Make the files', disabled: making, form: FORM }}
    >
      <form
        id={FORM}
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!making && desk.busy === null) make();
        }}
      >
        <section className="card stack" aria-labelledby="wallets-title">
          <h2 id="wallets-title">The wallets</h2>
          <div className="field-row">
            <NumberField
              label="Players"
              value={players}
              least={2}
              most={MAX_REHEARSAL_PLAYERS}
              onChange={(value) => {
                setPlayers(value);
                setNeeded(Math.min(needed, value));
              }}
            />
            <NumberField
              label="Shares that make the key"
              value={needed}
              least={2}
              most={players}
              onChange={setNeeded}
            />
            <NumberField
              label="Recovery keys"
              value={recoveryKeys}
              least={1}
              most={MAX_REHEARSAL_KEYS}
              onChange={setRecoveryKeys}
            />
          </div>
          <Choice
            legend="Key algorithm"
            name="which"
            value={which}
            onChange={setWhich}
            options={[
              ['both', 'One wallet of each'],
              ['SECP256K1', 'SECP256K1 only'],
              ['ED25519', 'ED25519 only'],
            ]}
          />
        </section>
        <fieldset className="card faults">
          <legend>A fault to meet, so that its message has been seen before the day</legend>
          {REHEARSAL_FAULTS.map((each) => (
            <label key={each} className="fault-choice">
              <input
                type="radio"
                name="fault"
                value={each}
                checked={fault === each}
                onChange={() => {
                  setFault(each);
                }}
              />
              <span>
                <b>{REHEARSAL_WORDS[each].title}</b>
                <span className="muted">{REHEARSAL_WORDS[each].says}</span>
              </span>
            </label>
          ))}
        </fieldset>
      </form>
      <Note tone="plain" title="These are no wallets of yours">
        <p>Their keys are made here and protect nothing. Delete the folder when the drill is over.</p>
      </Note>
    </Layout>
  );
}
