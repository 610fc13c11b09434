import type { ReactElement } from 'react';

interface ChoiceProps<Value extends string> {
  readonly legend: string;
  readonly name: string;
  readonly options: readonly (readonly [Value, string])[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** One of a few short answers, side by side. */
export function Choice<Value extends string>(props: ChoiceProps<Value>): ReactElement {
  const { legend, name, options, value, onChange } = props;
  return (
    <fieldset className="choice">
      <legend>{legend}</legend>
      {options.map(([option, words]) => (
        <label key={option}>
          <input
            type="radio"
            name={name}
            value={option}
            checked={option === value}
            onChange={() => {
              onChange(option);
            }}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
