import type { ReactElement } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField as AriaTextField } from 'react-aria-components/TextField';

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string;
  /** What is wrong with the value, and what to enter instead; null when nothing is. */
  readonly complaint?: string | null;
  readonly id?: string;
  readonly wide?: boolean;
  readonly placeholder?: string;
}

/** One line of text that is no secret, with its label, a hint, and what is wrong with it. */
export function TextField(props: TextFieldProps): ReactElement {
  const { label, value, onChange, hint, complaint = null, id, wide = false, placeholder = '' } = props;
  return (
    <AriaTextField
      className={`field ${wide ? 'field-wide' : ''}`}
      value={value}
      onChange={onChange}
      isInvalid={complaint !== null}
      autoComplete="off"
      spellCheck="false"
      {...(id === undefined ? {} : { id })}
    >
      <Label>{label}</Label>
      <Input className="input" placeholder={placeholder} />
      {hint !== undefined && complaint === null && <Text slot="description">{hint}</Text>}
      <FieldError>{complaint}</FieldError>
    </AriaTextField>
  );
}
