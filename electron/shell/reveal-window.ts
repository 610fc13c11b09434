import {
  REVEAL_MS,
  type RevealAnswer,
  type RevealFacts,
  type RevealForm,
  type RevealRequest,
} from '../../shared/reveal.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { Revealed, RevealPort } from '../session/revealed.ts';

/** One window, as far as it is used here. */
export interface RevealFrame {
  /** What its page calls as. */
  readonly contents: object;
  readonly destroy: () => void;
}

/** What the window is made of. */
export interface RevealWindowPorts {
  /** Opens the window, protected from being captured, hidden until its page is there; `lost` when it may not stay. */
  readonly open: (lost: () => void) => RevealFrame;
  readonly clipboard: { readonly place: (secret: SecretBytes) => Promise<void> };
  /** Milliseconds of a clock that nobody can set. */
  readonly elapsedMs: () => number;
  /** Calls back once; returns what stops it. */
  readonly after: (work: () => void, delayMs: number) => () => void;
}

interface Showing {
  readonly revealed: Revealed;
  readonly frame: RevealFrame;
  readonly untilMs: number;
  readonly stop: () => void;
  /** What was handed to the page, to be overwritten here. */
  readonly lent: Uint8Array[];
}

/**
 * The window in which a secret is looked at: one at a time, for a minute at the most. It closes when it loses the
 * focus, when its page is led elsewhere, when another is shown, and when the session goes on. Closing ends its process
 * and wipes what was lent to it.
 */
export class RevealWindow implements RevealPort {
  readonly #ports: RevealWindowPorts;
  #showing: Showing | undefined;

  constructor(ports: RevealWindowPorts) {
    this.#ports = ports;
  }

  /** The contents of the window; undefined while there is none. */
  get page(): object | undefined {
    return this.#showing?.frame.contents;
  }

  readonly show = (revealed: Revealed): Promise<void> => {
    this.close();
    const frame = this.#ports.open(() => {
      if (this.#showing?.frame === frame) this.close();
    });
    const stop = this.#ports.after(this.close, REVEAL_MS);
    this.#showing = { revealed, frame, stop, untilMs: this.#ports.elapsedMs() + REVEAL_MS, lent: [] };
    return Promise.resolve();
  };

  readonly close = (): void => {
    const showing = this.#showing;
    if (showing === undefined) return;
    this.#showing = undefined;
    showing.stop();
    showing.frame.destroy();
    for (const bytes of showing.lent) bytes.fill(0);
    showing.revealed.wipe();
  };

  /** Answers the window's page. Fails with `ipc.malformed` for a form that this secret has not. */
  async answer(request: RevealRequest): Promise<RevealAnswer> {
    const showing = this.#showing;
    if (showing === undefined || this.#ports.elapsedMs() >= showing.untilMs) {
      this.close();
      throw new RecoveryError('ipc.untrusted', { channel: 'reveal' });
    }
    switch (request.do) {
      case 'look':
        return { did: 'look', facts: this.#factsOf(showing) };
      case 'read':
        return { did: 'read', textBytes: this.#lend(showing, request.form) };
      case 'copy': {
        const text = textOf(showing, request.form);
        try {
          await this.#ports.clipboard.place(text);
        } finally {
          text.wipe();
        }
        return { did: 'copy' };
      }
      case 'close':
        this.close();
        return { did: 'close' };
    }
  }

  #factsOf({ revealed, untilMs }: Showing): RevealFacts {
    return { ...revealed.facts, millisecondsLeft: Math.max(0, untilMs - this.#ports.elapsedMs()) };
  }

  #lend(showing: Showing, form: RevealForm): Uint8Array {
    const text = textOf(showing, form);
    try {
      const bytes = text.use((secret) => Uint8Array.from(secret));
      showing.lent.push(bytes);
      return bytes;
    } finally {
      text.wipe();
    }
  }
}

function textOf({ revealed }: Showing, form: RevealForm): SecretBytes {
  if (!revealed.facts.forms.includes(form)) {
    throw new RecoveryError('ipc.malformed', { channel: 'reveal', field: 'form' });
  }
  return revealed.textOf(form);
}
