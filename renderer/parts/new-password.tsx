import { useEffect, useRef, type ReactElement, type RefObject } from 'react';

import type { PasswordRating } from '../../shared/export-state.ts';
import { RATING_WORDS } from '../text/export-words.ts';
import { Button } from './button.tsx';
import { PasswordField, peekPassword } from './password-field.tsx';

/** How long nothing is typed before a password is rated. */
const PAUSE_MS = 400;

interface NewPasswordProps {
  readonly password: RefObject<HTMLInputElement | null>;
  readonly again: RefObject<HTMLInputElement | null>;
  readonly rating: PasswordRating | null;
  /** Given what was typed, for the callee to wipe. */
  readonly onTyped: (password: Uint8Array) => void;
  readonly onSuggest: () => void;
}

/** A password for a new file: typed twice, its strength said in words, or a phrase made for it. */
export function NewPassword({ password, again, rating, onTyped, onSuggest }: NewPasswordProps): ReactElement {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const typed = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const bytes = peekPassword(password.current);
      if (bytes !== null) onTyped(bytes);
    }, PAUSE_MS);
  };
  return (
    <>
      <PasswordField
        ref={password}
        label="New password"
        hint="At least 12 characters, kept exactly as typed. Without it the file is lost."
        onTyped={typed}
      />
      <p className="strength" role="status">
        {rating !== null && (
          <>
            <meter
              min={0}
              low={2}
              high={3}
              optimum={4}
              max={4}
              value={rating.score}
              aria-label="Strength of the password"
            />
            <b>{RATING_WORDS[rating.score]}.</b> {rating.advice.join(' ')}
          </>
        )}
      </p>
      <PasswordField ref={again} label="The same again" hint="It is compared before anything is written." />
      <div>
        <Button onPress={onSuggest}>Make a phrase for me</Button>
        <p className="hint">
          Seven random words, shown once in a window of their own. Write them down, then type them here twice.
        </p>
      </div>
    </>
  );
}
