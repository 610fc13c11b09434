import type { PinState } from '../../shared/hsm.ts';
import type { KeySource } from '../../shared/key-source.ts';
import { printable } from './details.ts';

/** What a token says of the tries that are left for its PIN. */
export const PIN_WORDS: Readonly<Record<PinState, { readonly text: string; readonly grave: boolean }>> = {
  good: { text: 'It is tried once, and never by itself again.', grave: false },
  low: { text: 'The token says that few tries are left.', grave: true },
  final: { text: 'This is the last try: the token locks itself after a wrong PIN.', grave: true },
  locked: { text: 'The token says that this PIN is locked.', grave: true },
  'not-set': { text: 'The token says that no PIN was set.', grave: true },
};

/** Where the recovery key was and how it decrypted, in a sentence. */
export function keySourceWords(source: KeySource): string {
  if (source.kind === 'file') return 'Recovery key from a file, decrypted in this program.';
  const where = `Recovery key in the token “${printable(source.tokenLabel)}”`;
  return source.mechanism === 'token-oaep'
    ? `${where}, decrypted inside it.`
    : `${where}: it computed, and the padding was removed in this program.`;
}
