import type { ReactElement } from 'react';
import { Button } from 'react-aria-components/Button';
import { Group } from 'react-aria-components/Group';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { NumberField as AriaNumberField } from 'react-aria-components/NumberField';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly onChange: (value: number) => void;
}

/** A small whole number within its bounds, typed or stepped. */
export function NumberField({ label, value, least, most, onChange }: NumberFieldProps): ReactElement {
  return (
    <AriaNumberField
      className="field number-field"
      value={value}
      minValue={least}
      maxValue={most}
      step={1}
      onChange={(next) => {
        if (Number.isInteger(next)) onChange(next);
      }}
    >
      <Label>{label}</Label>
      <Group className="number-group">
        <Button slot="decrement" className="button button-plain">
          −
        </Button>
        <Input className="input" />
        <Button slot="increment" className="button button-plain">
          +
        </Button>
      </Group>
    </AriaNumberField>
  );
}
