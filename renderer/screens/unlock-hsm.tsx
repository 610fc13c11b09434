import { useRef, useState, type ReactElement, type RefObject } from 'react';

import type { HsmChoice, HsmKeyView, HsmToken } from '../../shared/hsm.ts';
import { start, type Desk } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Layout } from '../parts/layout.tsx';
import { PasswordField, takePassword } from '../parts/password-field.tsx';
import { TextField } from '../parts/text-field.tsx';
import { UnlockTabs, type UnlockTabsProps } from '../parts/unlock-tabs.tsx';
import { fileName, printable } from '../text/details.ts';
import { shortFingerprint } from '../text/group-text.ts';
import { PIN_WORDS } from '../text/token-words.ts';
import { UNLOCK_LEAD, UNLOCK_TITLE } from '../text/words.ts';

const FORM = 'token';

/** A recovery key that never leaves its token: the module, the token, the PIN, and the key where it is asked for. */
export function HsmUnlock(props: UnlockTabsProps): ReactElement {
  const { stage, desk } = props;
  const { hsm, opening } = stage;
  const pin = useRef<HTMLInputElement>(null);
  const [slot, setSlot] = useState<string | null>(null);
  const [keyIndex, setKeyIndex] = useState<number | null>(null);
  const tokens = hsm?.tokens?.filter(({ initialized }) => initialized) ?? [];
  const token =
    tokens.find(({ slotIdHex }) => slotIdHex === slot) ?? (tokens.length === 1 ? tokens[0] : undefined);
  const keys = hsm?.keys ?? null;
  const open = async (): Promise<void> => {
    if (token === undefined) return;
    const request = { slotIdHex: token.slotIdHex, pin: takePassword(pin.current) };
    try {
      await desk.ask('hsm.open', request);
    } finally {
      request.pin?.fill(0);
    }
  };
  const main =
    keys === null
      ? { label: opening ? 'Opening…' : 'Open the key', disabled: token === undefined || opening, form: FORM }
      : {
          label: 'Use this key',
          disabled: keyIndex === null,
          onPress: () => {
            if (keyIndex !== null) start(desk.ask('hsm.use-key', { index: keyIndex }));
          },
        };
  return (
    <Layout
      desk={desk}
      canGoBack
      title={UNLOCK_TITLE}
      lead={UNLOCK_LEAD}
      status={statusOf(hsm, token, opening, desk)}
      main={main}
    >
      <UnlockTabs {...props}>
        <ModuleChoice desk={desk} hsm={hsm} />
        {hsm !== null && hsm.tokens !== null && (
          <form
            id={FORM}
            className="stack"
            onSubmit={(event) => {
              event.preventDefault();
              if (desk.busy === null && !opening && keys === null) start(open());
            }}
          >
            <TokenChoice tokens={tokens} chosen={token} onChoose={setSlot} />
            {token?.loginRequired === true && keys === null && <Pin token={token} pin={pin} />}
          </form>
        )}
        {keys !== null && <KeyChoice keys={keys} chosen={keyIndex} onChoose={setKeyIndex} />}
      </UnlockTabs>
    </Layout>
  );
}

function statusOf(hsm: HsmChoice | null, token: HsmToken | undefined, opening: boolean, desk: Desk): string {
  if (opening) return 'The token is at work. It may ask for a touch.';
  if (hsm !== null && hsm.keys !== null)
    return 'The token has several keys that may be meant. Choose one by its fingerprint.';
  if (hsm === null || hsm.module === null) return 'Choose the module that speaks to your token.';
  if (desk.busy !== null) return 'Asking the module for its tokens.';
  if (hsm.tokens === null) return 'The module gave no tokens.';
  return token === undefined ? 'Choose the token.' : 'Enter the PIN, then open the key. It is tried once.';
}

function ModuleChoice({ desk, hsm }: { readonly desk: Desk; readonly hsm: HsmChoice | null }): ReactElement {
  const [initArgs, setInitArgs] = useState(hsm?.module?.initArgs ?? '');
  const chosen = hsm?.module?.file;
  return (
    <section className="stack" aria-labelledby="module-title">
      <h2 id="module-title">Module</h2>
      <p className="muted">
        A library of the token’s maker. It runs in a process of its own, which sees ciphertexts and the PIN,
        and nothing else of this session.
      </p>
      <div className="button-row">
        {hsm?.offered.map(({ name, file }, index) => (
          <Button
            key={file}
            aria-label={`${name}, ${file}`}
            disabled={desk.busy !== null}
            onPress={() => {
              start(desk.ask('hsm.choose-module', { index, initArgs }));
            }}
          >
            {name}
          </Button>
        ))}
        <Button
          disabled={desk.busy !== null}
          onPress={() => {
            start(desk.ask('hsm.choose-module-by-dialog', { initArgs }));
          }}
        >
          Choose a library…
        </Button>
      </div>
      {hsm?.offered.length === 0 && (
        <p className="hint">
          None was found at the usual places. Choose the file that your token’s maker installs.
        </p>
      )}
      {chosen !== undefined && (
        <p>
          <b>{fileName(chosen)}</b> <span className="muted">{printable(chosen)}</span>
        </p>
      )}
      <details>
        <summary>Initialisation parameters</summary>
        <TextField
          wide
          label="Parameters, before the module is chosen"
          value={initArgs}
          onChange={setInitArgs}
          hint="NSS needs them, like configdir='sql:/path' flags=readOnly. An ordinary token needs none."
        />
      </details>
    </section>
  );
}

interface TokenChoiceProps {
  readonly tokens: readonly HsmToken[];
  readonly chosen: HsmToken | undefined;
  readonly onChoose: (slotIdHex: string) => void;
}

function TokenChoice({ tokens, chosen, onChoose }: TokenChoiceProps): ReactElement {
  if (tokens.length === 0) {
    return (
      <p role="status">The module has no token that is set up. Attach it, and choose the module again.</p>
    );
  }
  return (
    <fieldset className="stack">
      <legend className="legend">Token</legend>
      {tokens.map((token) => (
        <label key={token.slotIdHex} className="format">
          <input
            type="radio"
            name="token"
            checked={token === chosen}
            onChange={() => {
              onChoose(token.slotIdHex);
            }}
          />
          <span>
            <b>{printable(token.label)}</b>
            <span className="muted">
              {[token.manufacturer, token.model, token.serial].filter(Boolean).map(printable).join(' · ')}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Pin({
  token,
  pin,
}: {
  readonly token: HsmToken;
  readonly pin: RefObject<HTMLInputElement | null>;
}): ReactElement {
  const { text, grave } = PIN_WORDS[token.pin];
  return (
    <>
      <PasswordField key={token.slotIdHex} ref={pin} label="PIN of the token" hint={text} />
      {grave && (
        <p className="is-warn" role="status">
          <b>{text}</b>
        </p>
      )}
    </>
  );
}

interface KeyChoiceProps {
  readonly keys: readonly HsmKeyView[];
  readonly chosen: number | null;
  readonly onChoose: (index: number) => void;
}

function KeyChoice({ keys, chosen, onChoose }: KeyChoiceProps): ReactElement {
  return (
    <fieldset className="stack">
      <legend className="legend">Which key is meant?</legend>
      {keys.map((key, index) => (
        <label key={index} className="format">
          <input
            type="radio"
            name="token-key"
            checked={index === chosen}
            onChange={() => {
              onChoose(index);
            }}
          />
          <span>
            <b>{printable(key.label) || 'without a label'}</b>
            <span className="muted">
              {[
                `RSA-${key.modulusBits}`,
                `id ${key.idHex || 'none'}`,
                key.canDecrypt ? 'may decrypt' : 'may not decrypt',
              ].join(' · ')}
            </span>
            <code>{shortFingerprint(key.fingerprintHex)}</code>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
