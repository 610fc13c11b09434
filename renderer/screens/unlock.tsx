import { useRef, type ReactElement, type RefObject } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';

import type { KeyFileView } from '../../shared/session-state.ts';
import { start, walletOf, type Desk, type ScreenProps } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Layout } from '../parts/layout.tsx';
import { OpenAirGap } from '../parts/open-air-gap.tsx';
import { PasswordField, takePassword } from '../parts/password-field.tsx';
import { fileName, printable } from '../text/details.ts';
import { shortFingerprint } from '../text/group-text.ts';
import { keyKindWords } from '../text/words.ts';

/** The recovery key is opened here; in live mode not before the air gap holds, or its opening was accepted in words. */
export function UnlockScreen({ stage, desk }: ScreenProps<'unlock'>): ReactElement {
  const password = useRef<HTMLInputElement>(null);
  const { loaded, keyFile, opening } = stage;
  const { mode, airGap } = desk.state;
  const blocked = mode === 'live' && !airGap.holds && !airGap.overridden;
  const keys = walletOf(loaded, stage.wallet)?.recoveryKeys ?? [];
  const choose = (): void => {
    start(desk.ask('key-file.choose-by-dialog', null));
  };
  const open = (): void => {
    start(handOver(desk, password.current));
  };
  return (
    <Layout
      desk={desk}
      canGoBack
      title={blocked ? 'Cut the machine off first' : 'Open the recovery key'}
      lead={
        blocked
          ? 'In a live recovery no key is opened while the machine is connected to a network.'
          : 'It must be the key that this backup is encrypted to. It is compared before anything is decrypted, and stays in memory only.'
      }
      status={blocked ? 'Waiting for the air gap.' : statusOf(keyFile, opening)}
      main={
        keyFile === null && !blocked
          ? { label: 'Choose the key file', onPress: choose }
          : {
              label: opening ? 'Opening…' : 'Open the key',
              disabled: blocked || keyFile === null || opening,
              onPress: open,
            }
      }
    >
      {blocked ? (
        <OpenAirGap desk={desk} />
      ) : (
        <>
          {keys.length > 0 && (
            <p className="wanted-key">
              <Icon name="key" /> <span>This backup is encrypted to the recovery key</span>{' '}
              <code>{keys.map(shortFingerprint).join(' or ')}</code>
            </p>
          )}
          <Tabs className="tabs" disabledKeys={['hsm']}>
            <TabList aria-label="Where the recovery key is" className="tab-list">
              <Tab id="file" className="tab">
                Recovery key file
              </Tab>
              <Tab id="hsm" className="tab">
                HSM <span className="tag tag-plain">not yet available</span>
              </Tab>
            </TabList>
            <TabPanel id="file" className="card tab-panel">
              <KeyFileCard
                desk={desk}
                keyFile={keyFile}
                opening={opening}
                password={password}
                onOpen={open}
                onChoose={choose}
              />
            </TabPanel>
          </Tabs>
        </>
      )}
    </Layout>
  );
}

async function handOver(desk: Desk, input: HTMLInputElement | null): Promise<void> {
  const passwordBytes = takePassword(input);
  try {
    await desk.ask('key-file.open', { password: passwordBytes });
  } finally {
    passwordBytes?.fill(0);
  }
}

function statusOf(keyFile: KeyFileView | null, opening: boolean): string {
  if (opening) return 'Opening the key. This takes a moment on purpose.';
  if (keyFile === null) return 'Choose the recovery key file to go on.';
  return keyFile.needsPassword ? 'Enter the password, then open the key.' : 'Next: rebuild the wallet’s key.';
}

/** Whether to ask for a password: surely, or because the file may be encrypted without saying so. */
function asksPassword(keyFile: KeyFileView, desk: Desk): boolean {
  return (
    keyFile.needsPassword ||
    /^unknown/.test(keyFile.kind) ||
    desk.fault?.code.startsWith('password.') === true
  );
}

interface KeyFileCardProps {
  readonly desk: Desk;
  readonly keyFile: KeyFileView | null;
  readonly opening: boolean;
  readonly password: RefObject<HTMLInputElement | null>;
  readonly onOpen: () => void;
  readonly onChoose: () => void;
}

function KeyFileCard({ desk, keyFile, opening, password, onOpen, onChoose }: KeyFileCardProps): ReactElement {
  if (keyFile === null) {
    return (
      <p className="muted">
        DER, PEM, hex, base64 or PKE1. What the file is, and whether it has a password, is seen by itself.
      </p>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (desk.busy === null && !opening) onOpen();
      }}
    >
      <div className="key-file">
        <Icon name="key" />
        <div className="key-file-name">
          <b title={printable(keyFile.file)}>{fileName(keyFile.file)}</b>
          <span className="muted">
            {keyKindWords(keyFile.kind)} · <code>{keyFile.kind}</code>
          </span>
        </div>
        <Button disabled={desk.busy !== null || opening} onPress={onChoose}>
          Choose another file
        </Button>
      </div>
      {asksPassword(keyFile, desk) ? (
        <PasswordField
          key={keyFile.file}
          ref={password}
          label="Password of the file"
          hint={
            keyFile.needsPassword
              ? 'It goes to the part of Breakglass that opens the file, and is wiped there.'
              : 'Leave it empty if the file has none.'
          }
        />
      ) : (
        <p className="hint">This file has no password. Keep it where only custodians can reach it.</p>
      )}
    </form>
  );
}
