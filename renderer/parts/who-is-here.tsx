import type { ReactElement } from 'react';

import { TextField } from './text-field.tsx';

interface WhoIsHereProps {
  readonly operator: string;
  readonly witnesses: string;
  readonly onOperator: (name: string) => void;
  readonly onWitnesses: (names: string) => void;
}

/** The names of those who are there, for the record. */
export function WhoIsHere(props: WhoIsHereProps): ReactElement {
  const { operator, witnesses, onOperator, onWitnesses } = props;
  return (
    <section className="card" aria-labelledby="people-title">
      <h2 id="people-title">Who is here</h2>
      <div className="field-row">
        <TextField
          label="Your name, at the keyboard"
          value={operator}
          onChange={onOperator}
          hint="For the record, with a place to sign."
        />
        <TextField
          wide
          label="Witnesses"
          value={witnesses}
          onChange={onWitnesses}
          hint="With commas between. Leave both empty to rehearse alone."
        />
      </div>
    </section>
  );
}
