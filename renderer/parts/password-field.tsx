import { useEffect, useId, type ReactElement, type RefObject } from 'react';

interface PasswordFieldProps {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly label: string;
  readonly hint: string;
  /** Told that something was typed, never what. */
  readonly onTyped?: () => void;
}

/**
 * A password, as the page's own input and nothing else: React never holds its text. `takePassword` reads it once
 * and empties it; leaving the screen empties it too.
 */
export function PasswordField({ ref, label, hint, onTyped }: PasswordFieldProps): ReactElement {
  const id = useId();
  useEffect(() => {
    const input = ref.current;
    return () => {
      if (input !== null) input.value = '';
    };
  }, [ref]);
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={ref}
        id={id}
        className="input"
        type="password"
        autoComplete="off"
        spellCheck={false}
        aria-describedby={`${id}-hint`}
        onInput={onTyped}
      />
      <span id={`${id}-hint`} className="hint">
        {hint}
      </span>
    </div>
  );
}

/** The password as UTF-8 bytes, the input emptied; null when nothing was entered. */
export function takePassword(input: HTMLInputElement | null): Uint8Array | null {
  const passwordBytes = peekPassword(input);
  if (input !== null) input.value = '';
  return passwordBytes;
}

/** The password as UTF-8 bytes, for the caller to wipe; null when nothing was entered. */
export function peekPassword(input: HTMLInputElement | null): Uint8Array | null {
  return input === null || input.value === '' ? null : new TextEncoder().encode(input.value);
}
