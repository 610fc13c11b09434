import type { ReactElement } from 'react';

import type { RecordView } from '../../shared/record-view.ts';
import { start, type ScreenProps } from '../app/desk.ts';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { RecordFiles } from '../parts/record-files.tsx';
import { RecordHead } from '../parts/record-head.tsx';
import { spanWords } from '../text/bucket-words.ts';
import { END_WORDS } from '../text/words.ts';

const NEXT_STEPS = {
  drill: [
    'Let everyone who was here sign the printed record, and write down the first words of its head.',
    'Put the recovery key back under lock.',
    'Remove the drive with the backup files.',
  ],
  bucket: [
    'Look into each wallet that was not found good: get its files again, or ask for a new backup.',
    'Let everyone who was here sign the printed record.',
    'Remove the drive with the backup files.',
  ],
  live: [
    'Let everyone who was here sign the printed record, and write down the first words of its head.',
    'Put the recovery key back under lock.',
    'Remove the drive with the backup files.',
    'Keep this machine offline until it is cleaned or stored.',
  ],
  ceremony: [
    'Let everyone who was here sign the printed record, and write down the first words of its head.',
    'Copy the private key file to two media. Keep them apart from its password, and from the backups.',
    'Give the platform the public key file that is meant for it, and compare the fingerprint that it shows with the words that were written down.',
    'Delete the pages of shares once they are printed and tried, and destroy the medium that they were on.',
    'Turn the machine off.',
  ],
};

function StageTimes({ record: { stages } }: { readonly record: RecordView }): ReactElement {
  return (
    <p className="stage-times">
      <span className="muted">Time by stage</span>{' '}
      {stages.map(({ stage, durationMs }, i) => (
        <span key={i} className="tag tag-plain">
          {stage.replaceAll('-', ' ')} {spanWords(durationMs)}
        </span>
      ))}
    </p>
  );
}

function NothingLost(): ReactElement {
  return (
    <Note tone="plain" title="Your work is not lost">
      <p>Nothing was changed on disk. Start again and load the same files to go on.</p>
    </Note>
  );
}

function CeremonyBrokeOff(): ReactElement {
  return (
    <Note tone="plain" title="The ceremony broke off">
      <p>
        A key whose files were not written and tried is gone, and was never given to anybody: start again to
        make another one. Files that were tried stay as they are.
      </p>
    </Note>
  );
}

/** The end: what was wiped, why, and what to do now. */
export function DoneScreen({ stage: { reason }, desk }: ScreenProps<'done'>): ReactElement {
  const steps = NEXT_STEPS[desk.state.mode ?? 'drill'];
  const asked = reason === 'user' || reason === 'quit';
  return (
    <Layout
      desk={desk}
      title="The session has ended"
      lead={END_WORDS[reason]}
      status="Start again, or close the window."
      main={{
        label: 'Start again',
        onPress: () => {
          start(desk.ask('session.end', null));
        },
      }}
    >
      <Note tone="ok" title="Everything secret was wiped">
        <p>
          Keys, shares and passwords were overwritten. Starting again restarts the program too, which ends its
          memory for good. Your files are as they were.
        </p>
      </Note>
      {!asked && (desk.state.mode === 'ceremony' ? <CeremonyBrokeOff /> : <NothingLost />)}
      {desk.state.record.closed && (
        <>
          <section className="card" aria-labelledby="head-title">
            <h2 id="head-title">The record of this session</h2>
            <p className="muted">
              These words stand for everything that was done, {desk.state.record.entries} entries. Read them
              aloud; each witness writes them down. Whoever changes the record changes the words.
            </p>
            <RecordHead record={desk.state.record} />
            <StageTimes record={desk.state.record} />
          </section>
          <RecordFiles desk={desk} />
        </>
      )}
      <section className="card" aria-labelledby="next-title">
        <h2 id="next-title">What to do now</h2>
        <ol className="next-steps">
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
    </Layout>
  );
}
