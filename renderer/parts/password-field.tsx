import { useEffect, type ReactElement, type RefObject } from 'react';

/**
 * A password, as the page's own input and nothing else: React never holds its text. `takePassword` reads it once
 * and empties it; leaving the screen empties it too.
 */
export function PasswordField({
  ref,
  hint,
}: {
  readonly ref: RefObject<HTMLInputElement | null>;
  readonly hint: string;
}): ReactElement {
  useEffect(() => {
    const input = ref.current;
    return () => {
      if (input !== null) input.value = '';
    };
  }, [ref]);
  return (
    <div className="field">
      <label htmlFor="key-file-password">Password of the file</label>
      <input
        ref={ref}
        id="key-file-password"
        className="input"
        type="password"
        autoComplete="off"
        spellCheck={false}
        aria-describedby="key-file-password-hint"
      />
      <span id="key-file-password-hint" className="hint">
        {hint}
      </span>
    </div>
  );
}

/** The password as UTF-8 bytes, the input emptied; null when nothing was entered. */
export function takePassword(input: HTMLInputElement | null): Uint8Array | null {
  if (input === null || input.value === '') return null;
  const passwordBytes = new TextEncoder().encode(input.value);
  input.value = '';
  return passwordBytes;
}
