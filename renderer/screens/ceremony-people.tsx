import { useState, type ReactElement } from 'react';

import { MAX_CUSTODIANS, type CeremonyPerson, type CeremonyRole } from '../../shared/ceremony.ts';
import { start } from '../app/desk.ts';
import { Layout } from '../parts/layout.tsx';
import { entered, NameList, twice } from '../parts/name-list.tsx';
import { TextField } from '../parts/text-field.tsx';
import { printable } from '../text/details.ts';
import type { CeremonyProps } from './ceremony-props.ts';

const FORM = 'ceremony-people';
const MOST_WITNESSES = 10;

/** Who is here, and what each is here for. */
export function CeremonyPeopleScreen({ view, desk }: CeremonyProps<'people'>): ReactElement {
  const named = (role: CeremonyRole): readonly string[] =>
    view.people.filter((person) => person.role === role).map(({ name }) => name);
  const [operator, setOperator] = useState(named('operator')[0] ?? '');
  const [lead, setLead] = useState(named('ceremony-lead')[0] ?? '');
  const [witnesses, setWitnesses] = useState(atLeast(1, named('witness')));
  const [custodians, setCustodians] = useState(atLeast(1, named('custodian')));
  const people: readonly CeremonyPerson[] = [
    ...entered([lead]).map((name) => ({ name, role: 'ceremony-lead' as const })),
    ...entered([operator]).map((name) => ({ name, role: 'operator' as const })),
    ...entered(witnesses).map((name) => ({ name, role: 'witness' as const })),
    ...entered(custodians).map((name) => ({ name, role: 'custodian' as const })),
  ];
  const double = twice(people.map(({ name }) => name));
  const hasBoth = entered([operator]).length > 0 && entered(witnesses).length > 0;
  const ready = hasBoth && double === undefined;
  return (
    <Layout
      desk={desk}
      canGoBack
      title="Who is here?"
      lead="One person works, another watches, compares and writes. Each can say afterwards how the key was made. All names go on the record."
      status={
        double !== undefined
          ? `“${printable(double)}” stands here twice. Enter each person once.`
          : ready
            ? 'Next: what the key is made of.'
            : 'Enter the operator and a witness to go on.'
      }
      main={{ label: 'Name these people', form: FORM, disabled: !ready }}
    >
      <form
        id={FORM}
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && desk.busy === null) start(desk.ask('ceremony.name-people', { people }));
        }}
      >
        <div className="name-fields">
          <TextField
            label="Operator, at the keyboard"
            value={operator}
            onChange={setOperator}
            hint="Does what this screen asks for."
          />
          <TextField
            label="Lead of the ceremony"
            value={lead}
            onChange={setLead}
            hint="Says what comes next. May be left empty."
          />
        </div>
        <NameList
          one="Witness"
          title="Witnesses"
          hint="They compare the fingerprint, and confirm it with their own name."
          names={witnesses}
          most={MOST_WITNESSES}
          onChange={setWitnesses}
        />
        <NameList
          one="Custodian"
          title="Custodians"
          hint="They keep shares of the password, if it is split. May be left empty, and named later."
          names={custodians}
          most={MAX_CUSTODIANS}
          onChange={setCustodians}
        />
      </form>
    </Layout>
  );
}

function atLeast(count: number, names: readonly string[]): readonly string[] {
  return names.length >= count
    ? names
    : [...names, ...Array.from({ length: count - names.length }, () => '')];
}
