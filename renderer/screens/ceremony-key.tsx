import type { ReactElement } from 'react';

import { nextWitness, type CeremonyKey } from '../../shared/ceremony.ts';
import { start } from '../app/desk.ts';
import { Fingerprint } from '../parts/fingerprint.tsx';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { OwnName } from '../parts/own-name.tsx';
import { diceWords, UNEVEN_WORDS } from '../text/ceremony-words.ts';
import { printable } from '../text/details.ts';
import type { CeremonyProps } from './ceremony-props.ts';

const FORM = 'ceremony-witness';

/** The key is made; then its fingerprint is read aloud, and each witness confirms it. */
export function CeremonyKeyScreen({ view, desk }: CeremonyProps<'key'>): ReactElement {
  const { key } = view;
  if (key === null) return <MakeKeyScreen key="make" view={view} desk={desk} />;
  const witness = nextWitness(view.people, key) ?? '';
  return <WitnessScreen key={`witness ${witness}`} view={view} desk={desk} made={key} witness={witness} />;
}

function MakeKeyScreen({ view: { dice, making }, desk }: CeremonyProps<'key'>): ReactElement {
  return (
    <Layout
      desk={desk}
      canGoBack={!making}
      title={making ? 'Making the key' : 'Make the key'}
      lead="An RSA key of 4096 bits, with a public and a private half. It is made in memory; nothing is written yet."
      status={
        making
          ? 'Searching for two large primes, then trying the key. This takes from a few seconds to a minute.'
          : 'Next: read its fingerprint aloud.'
      }
      main={{
        label: making ? 'Making…' : 'Make the key',
        disabled: making,
        onPress: () => {
          start(desk.ask('ceremony.make-key', null));
        },
      }}
    >
      <section className="card" aria-labelledby="made-of">
        <h2 id="made-of">What it is made of</h2>
        <ul className="agreement plain-size">
          <li>The randomness of this machine’s system</li>
          {dice !== null && <li>A die: {diceWords(dice)}, mixed into it</li>}
        </ul>
      </section>
      {dice?.isUneven === true && (
        <Note tone="warn" title="The rolls are uneven">
          <p>{UNEVEN_WORDS}</p>
        </Note>
      )}
      <Note tone="plain" title="Whoever has the private half can read every backup that is made to this key">
        <p>It leaves this machine as one file that a password encrypts. Keep it where the backups are not.</p>
      </Note>
    </Layout>
  );
}

function WitnessScreen({
  view,
  desk,
  made,
  witness,
}: CeremonyProps<'key'> & { readonly made: CeremonyKey; readonly witness: string }): ReactElement {
  const all = view.people.filter(({ role }) => role === 'witness').length;
  return (
    <Layout
      desk={desk}
      canGoBack
      title="Read the fingerprint aloud"
      lead="The operator reads the 32 words; every witness writes them down. Then each compares what they wrote with the screen."
      status={`Confirmed by ${made.confirmedBy.length} of ${all}. Going back throws this key away.`}
      main={{ label: 'The words agree', form: FORM }}
    >
      <section className="card" aria-labelledby="fingerprint-title">
        <h2 id="fingerprint-title">Fingerprint of the RSA-{made.bits} key</h2>
        <Fingerprint fingerprint={made} />
      </section>
      <section className="card" aria-labelledby="witness-title">
        <h2 id="witness-title">{printable(witness)}: do the words agree with what you wrote?</h2>
        <OwnName
          desk={desk}
          form={FORM}
          name={witness}
          onTyped={(name) => {
            start(desk.ask('ceremony.confirm-fingerprint', { name }));
          }}
        />
      </section>
    </Layout>
  );
}
