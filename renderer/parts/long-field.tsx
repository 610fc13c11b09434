import type { ReactElement } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField } from 'react-aria-components/TextField';

interface LongFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint: string;
  /** What is wrong with the value, and what to enter instead; null when nothing is. */
  readonly complaint: string | null;
  readonly rows?: number;
}

/** Lines of text that are no secret, with their label, a hint, and what is wrong with them. */
export function LongField(props: LongFieldProps): ReactElement {
  const { label, value, onChange, hint, complaint, rows = 2 } = props;
  return (
    <AriaTextField
      className="field field-wide"
      value={value}
      onChange={onChange}
      isInvalid={complaint !== null}
      autoComplete="off"
      spellCheck="false"
    >
      <Label>{label}</Label>
      <TextArea className="input input-lines" rows={rows} />
      {complaint === null && <Text slot="description">{hint}</Text>}
      <FieldError>{complaint}</FieldError>
    </AriaTextField>
  );
}
