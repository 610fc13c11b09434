import { useEffect, useEffectEvent, useRef, useState, type ReactElement } from 'react';

import type { Fault } from '../../shared/recovery-error.ts';
import { KEY_ALGORITHMS } from '../../shared/key-algorithm.ts';
import {
  ENVIRONMENTS,
  REGISTER_FIELDS,
  type RegisterDraft,
  type RegisterField,
} from '../../shared/register.ts';
import { faultText } from '../text/faults.ts';
import { FIELD_HINTS, FIELD_LABELS } from '../text/register-words.ts';
import { Choice } from './choice.tsx';
import { LongField } from './long-field.tsx';
import { TextField } from './text-field.tsx';

/** The form, for the main button that sends it from outside. */
export const REGISTER_FORM_ID = 'register-form';

/** A row of which nothing is known yet. */
export const EMPTY_DRAFT: RegisterDraft = {
  key_id: '',
  quorum_id: '',
  key_algorithm: 'SECP256K1',
  address: '',
  environment: '',
  bucket: '',
  note: '',
};

interface RegisterFormProps {
  readonly draft: RegisterDraft;
  /** Of the last try; only that of a field is shown here. */
  readonly fault: Fault | null;
  /** Hears whether something is typed that would be lost. */
  readonly onTyped: (typed: boolean) => void;
  readonly onSend: (draft: RegisterDraft) => Promise<void>;
}

/** One row of a register, field by field; what main says of a field stands at the field. */
export function RegisterForm({ draft: given, fault, onTyped, onSend }: RegisterFormProps): ReactElement {
  const [draft, setDraft] = useState(given);
  /** How often it was sent: what was complained of before it was opened is another form's. */
  const [tries, setTries] = useState(0);
  const form = useRef<HTMLFormElement>(null);
  const complaint = tries === 0 ? null : complaintOf(fault);
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [complaint?.field, tries]);
  const isTyped = REGISTER_FIELDS.some((field) => draft[field] !== given[field]);
  const tell = useEffectEvent(onTyped);
  useEffect(() => {
    if (!isTyped) return undefined;
    tell(true);
    return () => {
      tell(false);
    };
  }, [isTyped]);
  const props = (field: RegisterField) => ({
    label: FIELD_LABELS[field],
    hint: FIELD_HINTS[field],
    value: draft[field],
    complaint: complaint?.field === field ? complaint.words : null,
    onChange: (value: string) => {
      setDraft({ ...draft, [field]: value });
      if (complaint?.field === field) setTries(0);
    },
  });
  return (
    <form
      id={REGISTER_FORM_ID}
      ref={form}
      className="card stack"
      // Main says what is wrong; the browser would not let a field be sent again that was complained of.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void onSend(draft).then(() => {
          setTries((before) => before + 1);
        });
      }}
    >
      <TextField wide {...props('key_id')} />
      <TextField wide {...props('quorum_id')} />
      <Choice
        legend={FIELD_LABELS.key_algorithm}
        name="key_algorithm"
        options={KEY_ALGORITHMS.map((name) => [name, name] as const)}
        value={draft.key_algorithm}
        onChange={props('key_algorithm').onChange}
      />
      <LongField {...props('address')} />
      <Choice
        legend={FIELD_LABELS.environment}
        name="environment"
        options={[['', 'Not said'], ...ENVIRONMENTS.map((name) => [name, name] as const)]}
        value={draft.environment}
        onChange={props('environment').onChange}
      />
      <TextField wide {...props('bucket')} />
      <LongField {...props('note')} />
    </form>
  );
}

function complaintOf(fault: Fault | null): { readonly field: string; readonly words: string } | null {
  if (fault?.code !== 'register.row-invalid') return null;
  const { title, next } = faultText(fault);
  return { field: String(fault.details['field']), words: `${title}. ${next}` };
}
