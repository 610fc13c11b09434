import { useId, type ReactElement } from 'react';

import { Button } from './button.tsx';
import { TextField } from './text-field.tsx';

interface NameListProps {
  /** What one of them is called, such as `Witness`. */
  readonly one: string;
  readonly title: string;
  readonly hint: string;
  readonly names: readonly string[];
  readonly most: number;
  readonly onChange: (names: readonly string[]) => void;
}

/** Several people's names, a field each. A name that is left empty is no person. */
export function NameList({ one, title, hint, names, most, onChange }: NameListProps): ReactElement {
  const id = useId();
  return (
    <div className="name-list" role="group" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p className="hint">{hint}</p>
      <div className="name-fields">
        {names.map((name, i) => (
          <TextField
            key={i}
            label={`${one} ${i + 1}`}
            value={name}
            onChange={(value) => {
              onChange(names.with(i, value));
            }}
          />
        ))}
      </div>
      {names.length < most && (
        <div>
          <Button
            onPress={() => {
              onChange([...names, '']);
            }}
          >
            Add another {one.toLowerCase()}
          </Button>
        </div>
      )}
    </div>
  );
}

/** The names that were entered, without the empty fields. */
export function entered(names: readonly string[]): readonly string[] {
  return names.map((name) => name.trim()).filter((name) => name !== '');
}

/** A name that stands twice among them, whatever its capitals; undefined when there is none. */
export function twice(names: readonly string[]): string | undefined {
  const lower = names.map((name) => name.toLowerCase());
  return names.find((_, i) => lower.indexOf(lower[i] ?? '') !== i);
}
