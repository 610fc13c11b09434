import { useState, type ReactElement } from 'react';

import { Button } from './button.tsx';
import { TextField } from './text-field.tsx';

interface TypedSentenceProps {
  readonly sentence: string;
  readonly label: string;
  readonly verb: string;
  readonly disabled: boolean;
  readonly onTyped: (sentence: string) => void;
}

/** A consent that can't be given by a slip: a sentence to be typed out, letter by letter. */
export function TypedSentence(props: TypedSentenceProps): ReactElement {
  const { sentence, label, verb, disabled, onTyped } = props;
  const [text, setText] = useState('');
  const typed = text.trim() === sentence;
  const astray = !typed && text !== '' && !sentence.startsWith(text);
  return (
    <form
      className="typed-sentence"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed && !disabled) onTyped(text.trim());
      }}
    >
      <p className="sentence">{sentence}</p>
      <div className="field-row">
        <TextField
          wide
          label={label}
          value={text}
          onChange={setText}
          complaint={
            astray ? 'This differs from the sentence above. Look at capital letters and blanks.' : null
          }
        />
        <Button type="submit" disabled={!typed || disabled}>
          {verb}
        </Button>
      </div>
    </form>
  );
}
