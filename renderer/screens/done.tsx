import type { ReactElement } from 'react';

import type { RecordView } from '../../shared/record-view.ts';
import { start, type ScreenProps } from '../app/desk.ts';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { RecordFiles } from '../parts/record-files.tsx';
import { RecordHead } from '../parts/record-head.tsx';
import { WrittenFiles } from '../parts/written-files.tsx';
import { spanWords } from '../text/bucket-words.ts';
import { nextSteps } from '../text/next-steps.ts';
import { END_WORDS } from '../text/words.ts';

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

/** What became of work that was not done, in words that are true of how far it got. */
function BrokeOff({ desk }: Pick<ScreenProps<'done'>, 'desk'>): ReactElement {
  const { mode, written } = desk.state;
  if (mode !== 'ceremony') {
    return (
      <Note tone="plain" title="Your work is not lost">
        <p>No file that you loaded was changed. Start again and load the same files to go on.</p>
      </Note>
    );
  }
  return (
    <Note tone="plain" title="The ceremony broke off">
      <p>
        {written.some(({ what }) => what === 'private-key')
          ? 'The key’s files were written and tried before. They stay as they are. The record shows how far the ceremony got.'
          : 'No file of a key was left. A key that was made is gone, and was never given to anybody: start again to make another one.'}
      </p>
    </Note>
  );
}

/** The end: what was wiped, why, and what to do now. */
export function DoneScreen({ stage: { reason, left }, desk }: ScreenProps<'done'>): ReactElement {
  const { mode } = desk.state;
  const asked = reason === 'user' || reason === 'quit';
  const isWhole = left.kind === 'ceremony' ? left.step === 'agree' : asked;
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
          memory for good. {mode !== 'ceremony' && 'The files that you loaded are as they were.'}
        </p>
      </Note>
      {!isWhole && <BrokeOff desk={desk} />}
      <WrittenFiles state={desk.state} />
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
          {nextSteps(desk.state).map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      </section>
    </Layout>
  );
}
