import type { ReactElement } from 'react';

import { missingGuards } from '../../shared/export-guards.ts';
import { sentenceFor } from '../../shared/export-sentences.ts';
import { start, type ScreenProps } from '../app/desk.ts';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { TypedSentence } from '../parts/typed-sentence.tsx';

/** The key on the screen: its own warning, its own sentence, its own window. */
export function ShowKeyScreen({
  desk,
  onBack,
  onShown,
}: ScreenProps<'export'> & { readonly onBack: () => void; readonly onShown: () => void }): ReactElement {
  const accepted = missingGuards(desk.state, 'reveal').length === 0;
  const show = async (): Promise<void> => {
    if ((await desk.ask('export.reveal', null)) !== null) onShown();
  };
  return (
    <Layout
      desk={desk}
      title="Show the key on the screen"
      lead="It is shown in a window of its own, for one minute, and closes as soon as you click elsewhere."
      status={accepted ? 'Look around first: who can see this screen?' : 'Type the sentence to go on.'}
      main={{
        label: 'Show the key for 60 seconds',
        disabled: !accepted,
        onPress: () => {
          start(show());
        },
      }}
      beside={{ label: 'Choose a format instead', onPress: onBack }}
    >
      <Note tone="bad" title="Whoever sees the screen has the key">
        <p>
          A camera, a mirror, a window, a screen recorder: one look is enough to spend everything in the
          wallet. The system is asked not to capture the window, but it can’t stop a camera. An encrypted file
          is safer in every case.
        </p>
      </Note>
      {!accepted && (
        <div className="card">
          <TypedSentence
            sentence={sentenceFor('reveal')}
            label="The sentence, word for word"
            verb="Accept"
            disabled={desk.busy !== null}
            onTyped={(sentence) => {
              start(desk.ask('export.accept-in-the-clear', { what: 'reveal', sentence }));
            }}
          />
        </div>
      )}
    </Layout>
  );
}
