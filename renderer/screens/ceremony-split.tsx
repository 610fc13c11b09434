import { useState, type ReactElement } from 'react';

import { MAX_CUSTODIANS, type SharedThing } from '../../shared/ceremony.ts';
import { start } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Choice } from '../parts/choice.tsx';
import { Icon } from '../parts/icon.tsx';
import { Layout } from '../parts/layout.tsx';
import { entered, NameList, twice } from '../parts/name-list.tsx';
import { Note } from '../parts/note.tsx';
import { NumberField } from '../parts/number-field.tsx';
import { SHARED_WORDS } from '../text/ceremony-words.ts';
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
  const { folder, working, people, shares } = view;
  const named =
    shares?.custodians ?? people.filter(({ role }) => role === 'custodian').map(({ name }) => name);
  const [what, setWhat] = useState<SharedThing>(shares?.what ?? 'password');
  const [names, setNames] = useState<readonly string[]>([
    ...named,
    ...Array.from({ length: Math.max(0, FIRST_FIELDS - named.length) }, () => ''),
  ]);
  const [needed, setNeeded] = useState(shares?.needed ?? 2);
  const custodians = entered(names);
  const double = twice(custodians);
  const enough = custodians.length >= Math.max(2, needed);
  const ready = enough && double === undefined && working === null;
  /** Before anything was asked for here, a fault is of the set that failed. */
  const [isAsked, setAsked] = useState(shares === null);
  const choose = (): void => {
    setAsked(true);
    start(desk.ask('ceremony.choose-shares-folder-by-dialog', null));
  };
  return (
    <Layout
      desk={desk}
      showFault={isAsked}
      title={shares === null ? 'Split among custodians' : 'Split anew'}
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
      beside={{
        label: shares === null ? 'Back to the files' : 'Back to the set',
        disabled: working !== null,
        onPress: onBack,
      }}
    >
      {shares !== null && (
        <Note tone="warn" title={`This gives up set ${shares.set}`}>
          <p>
            Shares of it could not be combined, but {shares.needed} good ones of it may still give{' '}
            {SHARED_WORDS[shares.what]} back: destroy all of it once the new shares are made. Its files stay
            until you delete them. The record names both sets.
          </p>
        </Note>
      )}
      <form
        id={FORM}
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready || folder === null || desk.busy !== null) return;
          setAsked(true);
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
