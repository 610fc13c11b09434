import { useRef, useState, type ReactElement, type RefObject } from 'react';

import type { KeyFileView } from '../../shared/session-state.ts';
import { start, type Desk, type ScreenProps } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Icon } from '../parts/icon.tsx';
import { Layout } from '../parts/layout.tsx';
import { OpenAirGap } from '../parts/open-air-gap.tsx';
import { PasswordField, takePassword } from '../parts/password-field.tsx';
import { UnlockTabs, type UnlockTabsProps } from '../parts/unlock-tabs.tsx';
import { fileName, printable } from '../text/details.ts';
import { keyKindWords, UNLOCK_LEAD, UNLOCK_TITLE } from '../text/words.ts';
import { HsmUnlock } from './unlock-hsm.tsx';

/** Where the recovery key is: in a file, or in a token. */
type Place = 'file' | 'hsm';

/** The recovery key is opened here; in live mode not before the air gap holds, or its opening was accepted in words. */
export function UnlockScreen({ stage, desk }: ScreenProps<'unlock' | 'bucket-unlock'>): ReactElement {
  const [place, setPlace] = useState<Place>(stage.hsm === null ? 'file' : 'hsm');
  const { mode, airGap } = desk.state;
  if (mode !== 'drill' && !airGap.holds && !airGap.overridden) return <BlockedScreen desk={desk} />;
  const turnTo = (next: Place): void => {
    setPlace(next);
    if (next === 'hsm' && stage.hsm === null) start(desk.ask('hsm.look', null));
  };
  const tabs = { stage, desk, place, onPlace: turnTo };
  return place === 'file' ? <FileUnlock {...tabs} /> : <HsmUnlock {...tabs} />;
}

function BlockedScreen({ desk }: { readonly desk: Desk }): ReactElement {
  return (
    <Layout
      desk={desk}
      canGoBack
      title="Cut the machine off first"
      lead="In a live recovery no key is opened while the machine is connected to a network."
      status="Waiting for the air gap."
      main={{ label: 'Open the key', disabled: true }}
    >
      <OpenAirGap desk={desk} />
    </Layout>
  );
}

function FileUnlock({ stage, desk, place, onPlace }: UnlockTabsProps): ReactElement {
  const password = useRef<HTMLInputElement>(null);
  const { keyFile, opening } = stage;
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
      title={UNLOCK_TITLE}
      lead={UNLOCK_LEAD}
      status={statusOf(keyFile, opening)}
      main={
        keyFile === null
          ? { label: 'Choose the key file', onPress: choose }
          : { label: opening ? 'Opening…' : 'Open the key', disabled: opening, onPress: open }
      }
    >
      <UnlockTabs stage={stage} desk={desk} place={place} onPlace={onPlace}>
        <KeyFileCard
          desk={desk}
          keyFile={keyFile}
          opening={opening}
          password={password}
          onOpen={open}
          onChoose={choose}
        />
      </UnlockTabs>
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
