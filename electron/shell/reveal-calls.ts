import { REVEAL_CHANNEL, REVEAL_FORMS, type RevealRequest } from '../../shared/reveal.ts';
import { openChannel, type Gate, type IpcHost } from './ipc.ts';
import { RequestReader } from './request-reader.ts';
import type { RevealWindow } from './reveal-window.ts';

/** Opens the one channel of the window that shows a secret, to its page and no other. */
export function registerReveal(
  ipc: IpcHost,
  reveal: Pick<RevealWindow, 'answer' | 'page'>,
  gate: Pick<Gate, 'onBug' | 'refusals' | 'onCall'>,
): void {
  openChannel(ipc, REVEAL_CHANNEL, { ...gate, host: 'reveal', page: () => reveal.page }, (request) =>
    reveal.answer(parseRevealRequest(request)),
  );
}

/** Reads what the window's page sent. Fails with `ipc.malformed`. */
export function parseRevealRequest(value: unknown): RevealRequest {
  const fields = new RequestReader(REVEAL_CHANNEL, value).with('do', 'form');
  return fields.isNull('form')
    ? { do: fields.choice('do', ['look', 'close']), form: null }
    : { do: fields.choice('do', ['read', 'copy']), form: fields.choice('form', REVEAL_FORMS) };
}
