import { useState, type ReactElement } from 'react';

import type { Desk } from '../app/desk.ts';
import { TextField } from './text-field.tsx';

interface OwnNameProps {
  readonly desk: Desk;
  /** The form's id, which the main button sends. */
  readonly form: string;
  readonly name: string;
  readonly onTyped: (name: string) => void;
}

/** One person speaks for themselves: types the name that stands above. */
export function OwnName({ desk, form, name, onTyped }: OwnNameProps): ReactElement {
  const [text, setText] = useState('');
  const astray = text !== '' && !name.toLowerCase().startsWith(text.trim().toLowerCase());
  return (
    <form
      id={form}
      onSubmit={(event) => {
        event.preventDefault();
        if (desk.busy === null) onTyped(text);
      }}
    >
      <TextField
        label="Your name, as it stands above"
        value={text}
        onChange={setText}
        complaint={astray ? 'This is another name than the one above.' : null}
      />
    </form>
  );
}
