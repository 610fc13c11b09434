import { useRef, type ReactElement } from 'react';

import type { CeremonyAt } from '../../shared/ceremony.ts';
import { start } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Layout } from '../parts/layout.tsx';
import { NewPassword } from '../parts/new-password.tsx';
import { takePassword } from '../parts/password-field.tsx';
import { fileName, printable } from '../text/details.ts';
import type { CeremonyProps } from './ceremony-props.ts';

const FORM = 'ceremony-files';

/** Where the files go and what protects the private one; then they are written, read back and tried. */
export function CeremonyFilesScreen({ view, desk }: CeremonyProps<'files'>): ReactElement {
  const password = useRef<HTMLInputElement>(null);
  const again = useRef<HTMLInputElement>(null);
  const { folder, working, rating } = view;
  const choose = (): void => {
    start(desk.ask('ceremony.choose-folder-by-dialog', null));
  };
  const write = async (): Promise<void> => {
    const request = { password: takePassword(password.current), again: takePassword(again.current) };
    try {
      await desk.ask('ceremony.write', request);
    } finally {
      request.password?.fill(0);
      request.again?.fill(0);
    }
  };
  return (
    <Layout
      desk={desk}
      canGoBack={working === null}
      title="Write the key’s files"
      lead="The public key in each form that platforms take, and the private key, encrypted with a password. Each is read back; then a test value is encrypted with the one and decrypted with the other."
      status={statusOf(view)}
      main={
        folder === null
          ? { label: 'Choose where to', onPress: choose }
          : {
              label: working === null ? 'Write and try the files' : 'Working…',
              disabled: working !== null,
              form: FORM,
            }
      }
    >
      {folder === null ? (
        <section className="card" aria-labelledby="where-title">
          <h2 id="where-title">A new or empty folder, on a medium that will hold no backup</h2>
          <p>
            Four files come into it. Nothing is ever overwritten, and nothing else may lie beside them. The
            dialog can make a folder.
          </p>
        </section>
      ) : (
        <form
          id={FORM}
          className="card stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (working === null && desk.busy === null) start(write());
          }}
        >
          <div className="key-file">
            <Icon name="file" />
            <div className="key-file-name">
              <b>{fileName(folder)}</b>
              <span className="muted">{printable(folder)}</span>
            </div>
            <Button disabled={desk.busy !== null || working !== null} onPress={choose}>
              Choose another folder
            </Button>
          </div>
          <NewPassword
            password={password}
            again={again}
            rating={rating}
            onTyped={(bytes) => {
              start(desk.ask('ceremony.rate-password', { password: bytes }).finally(() => bytes.fill(0)));
            }}
            onSuggest={() => {
              start(desk.ask('ceremony.show-passphrase', null));
            }}
          />
        </form>
      )}
    </Layout>
  );
}

function statusOf({ folder, working }: CeremonyAt<'files'>): string {
  if (working === 'sealing') return 'Encrypting and writing. This takes some seconds on purpose.';
  if (working === 'testing') return 'Trying the files as they lie on the medium. Do not take it out.';
  return folder === null
    ? 'Going back throws this key away.'
    : 'Next: split the password among custodians, if you want.';
}
