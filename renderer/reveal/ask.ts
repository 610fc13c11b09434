import type {
  RevealAnswer,
  RevealBridge,
  RevealFacts,
  RevealForm,
  RevealRequest,
} from '../../shared/reveal.ts';

declare global {
  interface Window {
    /** What the preload of this window exposes. */
    readonly reveal?: RevealBridge;
  }
}

/** What is shown and for how long; null when the window is about to go. */
export async function look(): Promise<RevealFacts | null> {
  const answer = await ask({ do: 'look', form: null });
  return answer?.did === 'look' ? answer.facts : null;
}

/** The secret in one form, as text; null when the window is about to go. */
export async function read(form: RevealForm): Promise<string | null> {
  const answer = await ask({ do: 'read', form });
  if (answer?.did !== 'read') return null;
  const text = new TextDecoder().decode(answer.textBytes);
  answer.textBytes.fill(0);
  return text;
}

/** Has the main process copy the secret; whether it did. */
export async function copy(form: RevealForm): Promise<boolean> {
  return (await ask({ do: 'copy', form }))?.did === 'copy';
}

/** Closes the window. */
export async function close(): Promise<void> {
  await ask({ do: 'close', form: null });
}

/** A call that is refused or not answered means that the window's time is over. */
async function ask(request: RevealRequest): Promise<RevealAnswer | null> {
  try {
    const answer = await window.reveal?.(request);
    return answer?.ok === true ? answer.value : null;
  } catch {
    return null;
  }
}
