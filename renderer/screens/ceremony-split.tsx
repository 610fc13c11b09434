import { useState, type ReactElement } from 'react';

import { MAX_CUSTODIANS, type SharedThing } from '../../shared/ceremony.ts';
import { start } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { Icon } from '../parts/icon.tsx';
import { Layout } from '../parts/layout.tsx';
import { entered, NameList, twice } from '../parts/name-list.tsx';
import { NumberField } from '../parts/number-field.tsx';
import { fileName, printable } from '../text/details.ts';
import type { CeremonyProps } from './ceremony-props.ts';

const FORM = 'ceremony-split';
const FIRST_FIELDS = 3;

/** What is split, among whom, how many of them it takes, and where the pages go. */
export function PlanSharesScreen({
  view,
  desk,
  onBack,
}: CeremonyProps<'shares'> & { readonly onBack: () => void }): ReactElement {
  const { folder, working, people } = view;
  const named = people.filter(({ role }) => role === 'custodian').map(({ name }) => name);
  const [what, setWhat] = useState<SharedThing>('password');
  const [names, setNames] = useState<readonly string[]>([
    ...named,
    ...Array.from({ length: Math.max(0, FIRST_FIELDS - named.length) }, () => ''),
  ]);
  const [needed, setNeeded] = useState(2);
  const custodians = entered(names);
  const double = twice(custodians);
  const enough = custodians.length >= Math.max(2, needed);
  const ready = enough && double === undefined && working === null;
  const choose = (): void => {
    start(desk.ask('ceremony.choose-shares-folder-by-dialog', null));
  };
  return (
    <Layout
      desk={desk}
      title="Split among custodians"
      lead="Each custodian gets a page with one share. A few of them together give back what was split; fewer say nothing about it."
      status={
        working !== null
          ? 'Writing the pages, reading them back, and combining them in turns.'
          : double !== undefined
            ? `“${printable(double)}” stands here twice. One person has one share.`
            : enough
              ? `Any ${needed} of ${custodians.length} give it back.`
              : `Name at least ${Math.max(2, needed)} custodians.`
      }
      main={
        folder === null
          ? { label: 'Choose where to', disabled: !ready, onPress: choose }
          : { label: working === null ? 'Make the shares' : 'Making…', form: FORM, disabled: !ready }
      }
      beside={{ label: 'Back to the files', disabled: working !== null, onPress: onBack }}
    >
      <form
        id={FORM}
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && folder !== null && desk.busy === null)
            start(desk.ask('ceremony.split', { what, needed, custodians }));
        }}
      >
        <Choice
          legend="What is split"
          name="what"
          value={what}
          onChange={setWhat}
          options={[
            ['password', 'The password: a short page. Keep copies of the private key file'],
            ['file', 'The private key file: a long page. Keep its password'],
          ]}
        />
        <NameList
          one="Custodian"
          title="Custodians"
          hint="One share each; up to 16. The name stands on the page."
          names={names}
          most={MAX_CUSTODIANS}
          onChange={setNames}
        />
        <NumberField
          label="How many are needed"
          value={needed}
          least={2}
          most={Math.max(2, custodians.length)}
          onChange={setNeeded}
        />
        {folder !== null && (
          <div className="key-file">
            <Icon name="file" />
            <div className="key-file-name">
              <b>{fileName(folder)}</b>
              <span className="muted">{printable(folder)}</span>
            </div>
            <Button disabled={desk.busy !== null || working !== null} onPress={choose}>
              Choose another folder
            </Button>
          </div>
        )}
      </form>
    </Layout>
  );
}
