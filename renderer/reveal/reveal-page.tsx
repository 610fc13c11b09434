import { useEffect, useState, type ReactElement } from 'react';

import { CLIPBOARD_MS, type RevealFacts, type RevealForm } from '../../shared/reveal.ts';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { Grouped } from '../parts/grouped.tsx';
import { Icon } from '../parts/icon.tsx';
import { QrCode } from '../parts/qr-code.tsx';
import { close, copy, look, read } from './ask.ts';

/** What each form is called. */
const FORM_WORDS: Readonly<Record<RevealForm, string>> = {
  hex: 'Hex',
  base64: 'Base64',
  wif: 'WIF, mainnet',
  'wif-testnet': 'WIF, testnet',
  words: 'Words',
};

/** The whole page of the window that shows a secret: the warning first, the secret, and how long it stays. */
export function RevealPage(): ReactElement {
  const [facts, setFacts] = useState<RevealFacts | null>(null);
  useEffect(() => {
    void look().then(setFacts);
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') void close();
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, []);
  if (facts === null) return <p className="starting">Opening…</p>;
  return <Secret facts={facts} />;
}

function Secret({ facts }: { readonly facts: RevealFacts }): ReactElement {
  const [first = 'hex'] = facts.forms;
  const [form, setForm] = useState<RevealForm>(first);
  const [text, setText] = useState<string | null>(null);
  const [copied, setCopied] = useState(false);
  const [showsQr, setShowsQr] = useState(false);
  const seconds = useSecondsLeft(facts.millisecondsLeft);
  const isPhrase = first === 'words';
  useEffect(() => {
    let current = true;
    void read(form).then((answer) => {
      if (current) setText(answer);
    });
    return () => {
      current = false;
      setText(null);
    };
  }, [form]);
  return (
    <div className="reveal">
      <header className="reveal-band">
        <b>{isPhrase ? 'A PASSWORD IS ON THE SCREEN' : 'A PRIVATE KEY IS ON THE SCREEN'}</b>
        <span role="timer">closes in {seconds} s</span>
      </header>
      <main className="reveal-main">
        <p className="reveal-warning">
          <Icon name="warning" /> {facts.warning}
        </p>
        <h1>{facts.title}</h1>
        <p className="muted">{facts.about}</p>
        {facts.forms.length > 1 && (
          <Choice
            legend="Written as"
            name="form"
            options={facts.forms.map((each) => [each, FORM_WORDS[each]] as const)}
            value={form}
            onChange={setForm}
          />
        )}
        <div className="reveal-secret" aria-label={`${facts.title}, ${FORM_WORDS[form]}`} role="group">
          {text !== null && (isPhrase ? <Words text={text} /> : <Grouped text={text} />)}
        </div>
        {showsQr && text !== null && (
          <QrCode text={text} label={`QR code of the secret, ${FORM_WORDS[form]}`} />
        )}
      </main>
      <footer className="reveal-foot">
        <p role="status">
          {copied
            ? `Copied. The clipboard is cleared after ${CLIPBOARD_MS / 1000} seconds, and when Breakglass ends.`
            : 'It closes by itself, and when you click elsewhere.'}
        </p>
        {!isPhrase && (
          <Button
            aria-expanded={showsQr}
            onPress={() => {
              setShowsQr(!showsQr);
            }}
          >
            {showsQr ? 'Hide QR code' : 'Show QR code'}
          </Button>
        )}
        {!isPhrase && (
          <Button
            onPress={() => {
              void copy(form).then(setCopied);
            }}
          >
            Copy
          </Button>
        )}
        <Button
          kind="main"
          onPress={() => {
            void close();
          }}
        >
          Close now
        </Button>
      </footer>
    </div>
  );
}

function Words({ text }: { readonly text: string }): ReactElement {
  return (
    <ol className="words">
      {text.split(' ').map((word, i) => (
        <li key={i}>{word}</li>
      ))}
    </ol>
  );
}

/** Counts down; the main process closes the window, whatever is counted here. */
function useSecondsLeft(millisecondsLeft: number): number {
  const [left, setLeft] = useState(millisecondsLeft);
  useEffect(() => {
    const timer = setInterval(() => {
      setLeft((before) => Math.max(0, before - 1000));
    }, 1000);
    return () => {
      clearInterval(timer);
    };
  }, []);
  return Math.ceil(left / 1000);
}
