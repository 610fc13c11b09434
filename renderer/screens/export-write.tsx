import { useRef, type ReactElement, type RefObject } from 'react';

import type { ExportFormat } from '../../shared/export-format.ts';
import { isInTheClear, missingGuards } from '../../shared/export-guards.ts';
import { sentenceFor } from '../../shared/export-sentences.ts';
import type { ExportDraft } from '../../shared/export-state.ts';
import { start, type Desk, type ScreenProps } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Layout } from '../parts/layout.tsx';
import { NewPassword } from '../parts/new-password.tsx';
import { Note } from '../parts/note.tsx';
import { takePassword } from '../parts/password-field.tsx';
import { TypedSentence } from '../parts/typed-sentence.tsx';
import { fileName, printable } from '../text/details.ts';
import { FORMAT_WORDS } from '../text/format-words.ts';

const FORM = 'write';

/** Where the file goes and what protects it; then it is written, read back and compared. */
export function WriteFileScreen({
  stage,
  desk,
  onBack,
  onWritten,
}: ScreenProps<'export'> & { readonly onBack: () => void; readonly onWritten: () => void }): ReactElement {
  const password = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const { format, destination, writing } = stage.draft;
  const clear = isInTheClear(format);
  const accepted = !missingGuards(desk.state, format).includes('in-the-clear');
  const choose = (): void => {
    start(desk.ask('export.choose-destination', null));
  };
  const write = async (): Promise<void> => {
    const request = { password: takePassword(password.current), again: takePassword(again.current) };
    try {
      if ((await desk.ask('export.write', request)) !== null) onWritten();
    } finally {
      request.password?.fill(0);
      request.again?.fill(0);
    }
  };
  return (
    <Layout
      desk={desk}
      title={`Write ${FORMAT_WORDS[format].file}`}
      lead={FORMAT_WORDS[format].says}
      status={statusOf(stage.draft, accepted)}
      main={
        destination === null
          ? { label: 'Choose where to', disabled: !accepted, onPress: choose }
          : {
              label: writing === null ? 'Write the file' : 'Writing…',
              disabled: writing !== null,
              form: FORM,
            }
      }
      beside={{ label: 'Choose another format', disabled: writing !== null, onPress: onBack }}
    >
      {clear && <ClearWarning desk={desk} format={format} accepted={accepted} />}
      {destination !== null && accepted && (
        <form
          id={FORM}
          className="card stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (writing === null && desk.busy === null) start(write());
          }}
        >
          <Destination desk={desk} draft={stage.draft} onChoose={choose} />
          {!clear && <NewPasswords desk={desk} draft={stage.draft} password={password} again={again} />}
        </form>
      )}
    </Layout>
  );
}

function statusOf({ destination, writing }: ExportDraft, accepted: boolean): string {
  if (!accepted) return 'Type the sentence to go on.';
  if (writing === 'encoding') return 'Encrypting. This takes some seconds on purpose.';
  if (writing === 'writing') return 'Writing, reading back and comparing. Do not take the medium out.';
  return destination === null
    ? 'Choose a medium that holds no part of the backup.'
    : 'Nothing is ever overwritten.';
}

function ClearWarning({
  desk,
  format,
  accepted,
}: {
  readonly desk: Desk;
  readonly format: ExportFormat;
  readonly accepted: boolean;
}): ReactElement {
  return (
    <>
      <Note tone="bad" title="This file is the key itself">
        <p>{FORMAT_WORDS[format].danger}</p>
      </Note>
      {!accepted && isInTheClear(format) && (
        <div className="card">
          <TypedSentence
            sentence={sentenceFor(format)}
            label="The sentence, word for word"
            verb="Accept"
            disabled={desk.busy !== null}
            onTyped={(sentence) => {
              start(desk.ask('export.accept-in-the-clear', { what: format, sentence }));
            }}
          />
        </div>
      )}
    </>
  );
}

function Destination({
  desk,
  draft,
  onChoose,
}: {
  readonly desk: Desk;
  readonly draft: ExportDraft;
  readonly onChoose: () => void;
}): ReactElement {
  const file = draft.destination ?? '';
  return (
    <div className="key-file">
      <Icon name="file" />
      <div className="key-file-name">
        <b>{fileName(file)}</b>
        <span className="muted">{printable(file)}</span>
      </div>
      <Button disabled={desk.busy !== null || draft.writing !== null} onPress={onChoose}>
        Choose another place
      </Button>
    </div>
  );
}

interface NewPasswordsProps {
  readonly desk: Desk;
  readonly draft: ExportDraft;
  readonly password: RefObject<HTMLInputElement | null>;
  readonly again: RefObject<HTMLInputElement | null>;
}

function NewPasswords({ desk, draft, password, again }: NewPasswordsProps): ReactElement {
  return (
    <NewPassword
      password={password}
      again={again}
      rating={draft.rating}
      onTyped={(bytes) => {
        start(desk.ask('export.rate-password', { password: bytes }).finally(() => bytes.fill(0)));
      }}
      onSuggest={() => {
        start(desk.ask('export.show-passphrase', null));
      }}
    />
  );
}
