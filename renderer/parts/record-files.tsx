import { useRef, type ReactElement } from 'react';

import type { RecordForm, RecordView, SavedRecord } from '../../shared/record-view.ts';
import { start, type Desk } from '../app/desk.ts';
import { fileName, printable } from '../text/details.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { PasswordField, takePassword } from './password-field.tsx';

const FORMS: readonly { readonly form: RecordForm; readonly title: string; readonly says: string }[] = [
  { form: 'json', title: 'Record', says: 'The record itself: what can be verified and signed.' },
  { form: 'pdf', title: 'Page as PDF', says: 'To print, with places for signatures.' },
  { form: 'html', title: 'Page as HTML', says: 'The same, for a browser without a network.' },
];

const SAVED_WORDS: Readonly<Record<SavedRecord['form'], string>> = {
  json: 'Record',
  html: 'Page, HTML',
  pdf: 'Page, PDF',
  signature: 'Signature',
  'public-key': 'Public key that signed',
};

/** Where the record goes, and who signs it. */
export function RecordFiles({ desk }: { readonly desk: Desk }): ReactElement {
  const { record } = desk.state;
  const isSaved = record.saved.some(({ form }) => form === 'json');
  return (
    <section className="card" aria-labelledby="record-files-title">
      <h2 id="record-files-title">Keep the record</h2>
      <ul className="record-forms">
        {FORMS.map(({ form, title, says }) => (
          <li key={form}>
            <div>
              <b>{title}</b>
              <span className="muted">{says}</span>
            </div>
            <Button
              aria-label={`Save: ${title}`}
              disabled={desk.busy !== null}
              onPress={() => {
                start(desk.ask('record.save', { form }));
              }}
            >
              <Icon name="download" />
              Save
            </Button>
          </li>
        ))}
      </ul>
      {isSaved && <Signing desk={desk} />}
      <SavedFiles record={record} />
    </section>
  );
}

function Signing({ desk }: { readonly desk: Desk }): ReactElement {
  const password = useRef<HTMLInputElement>(null);
  const { signingKey } = desk.state.record;
  const sign = async (): Promise<void> => {
    const bytes = takePassword(password.current);
    try {
      await desk.ask('record.sign', { password: bytes });
    } finally {
      bytes?.fill(0);
    }
  };
  return (
    <div className="signing">
      <h3>Sign it</h3>
      {signingKey === null ? (
        <>
          <p className="hint">
            With an OpenSSH key (Ed25519) or a minisign key of your own, or with a key that is made now, signs
            once and is wiped.
          </p>
          <span className="button-row">
            <Button
              disabled={desk.busy !== null}
              onPress={() => {
                start(desk.ask('record.choose-key-by-dialog', null));
              }}
            >
              <Icon name="key" />
              Choose a key
            </Button>
            <Button
              disabled={desk.busy !== null}
              onPress={() => {
                start(desk.ask('record.sign-once', null));
              }}
            >
              Sign with a new key
            </Button>
          </span>
        </>
      ) : (
        <form
          className="field-row"
          onSubmit={(event) => {
            event.preventDefault();
            if (desk.busy === null) start(sign());
          }}
        >
          {signingKey.needsPassword ? (
            <PasswordField
              ref={password}
              label={`Password of ${fileName(signingKey.file)}`}
              hint="It opens the key for this one signature."
            />
          ) : (
            <p>
              Signs with <b>{fileName(signingKey.file)}</b>, which has no password.
            </p>
          )}
          <Button type="submit" disabled={desk.busy !== null}>
            Sign the record
          </Button>
        </form>
      )}
    </div>
  );
}

function SavedFiles({ record: { saved, kept } }: { readonly record: RecordView }): ReactElement {
  return (
    <>
      {saved.length > 0 && (
        <dl className="saved-files" aria-label="Files that were written">
          {saved.map(({ form, file }) => (
            <div key={`${form}${file}`} className="fact">
              <dt>{SAVED_WORDS[form]}</dt>
              <dd>{printable(file)}</dd>
            </div>
          ))}
        </dl>
      )}
      <p className="hint">
        {kept === null
          ? 'No copy could be kept on this machine: save the record before you start again.'
          : `A copy stays on this machine: ${printable(kept)}`}
      </p>
    </>
  );
}
