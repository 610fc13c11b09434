import { useState, type ReactElement } from 'react';

import { start, type ScreenProps } from '../app/desk.ts';
import { GuardList } from '../parts/guard-list.tsx';
import { Layout } from '../parts/layout.tsx';
import { TextField } from '../parts/text-field.tsx';
import { printable } from '../text/details.ts';

const FORM = 'people';

/** Who is there: two names, of two people. */
export function NamePeopleScreen({
  stage,
  desk,
  onNamed,
}: ScreenProps<'export'> & { readonly onNamed: () => void }): ReactElement {
  const [operator, setOperator] = useState(stage.draft.people?.operator ?? '');
  const [second, setSecond] = useState(stage.draft.people?.secondPerson ?? '');
  const same = second.trim() !== '' && operator.trim().toLowerCase() === second.trim().toLowerCase();
  const ready = operator.trim() !== '' && second.trim() !== '' && !same;
  return (
    <Layout
      desk={desk}
      canGoBack
      title="Who is here?"
      lead="A key is given out only when a second person is in the room and agrees. Both names go on the record."
      status={ready ? 'Next: the second person agrees.' : 'Enter both names to go on.'}
      main={{ label: 'Name both people', form: FORM, disabled: !ready }}
    >
      <form
        id={FORM}
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && desk.busy === null)
            start(desk.ask('export.name-people', { operator, secondPerson: second }).then(onNamed));
        }}
      >
        <TextField label="Your name, at the keyboard" value={operator} onChange={setOperator} />
        <TextField
          label="Name of the second person"
          value={second}
          onChange={setSecond}
          complaint={same ? 'This is the same name. Enter that of another person.' : null}
        />
      </form>
      <GuardList desk={desk} what={stage.draft.format} />
    </Layout>
  );
}

/** The second person takes the keyboard, reads what is about to happen, and agrees with their own name. */
export function AgreeScreen({
  stage,
  desk,
  onRename,
}: ScreenProps<'export'> & { readonly onRename: () => void }): ReactElement {
  const [text, setText] = useState('');
  const { people, typedAddress } = stage.draft;
  const name = people?.secondPerson ?? '';
  const ready = text.trim().toLowerCase() === name.toLowerCase();
  return (
    <Layout
      desk={desk}
      title={`${printable(name)}: do you agree?`}
      lead="Take the keyboard. Read this, compare it with your own record, and agree only if it is right."
      status={
        ready ? 'Next: how the key goes out.' : 'Type your name to agree, or let another person be named.'
      }
      main={{ label: 'I agree', form: FORM, disabled: !ready }}
      beside={{
        label: 'Name other people',
        onPress: onRename,
      }}
    >
      <form
        id={FORM}
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && desk.busy === null) start(desk.ask('export.agree', { secondPerson: text }));
        }}
      >
        <ul className="agreement">
          <li>
            The private key of this wallet{typedAddress === null ? '' : ', with the address ending in '}
            {typedAddress !== null && <code>{typedAddress.slice(-6)}</code>}, is about to leave Breakglass.
          </li>
          <li>Whoever holds it can spend everything in the wallet, alone and for good.</li>
          <li>
            {printable(people?.operator ?? '')} is at the keyboard, and this is what was agreed beforehand.
          </li>
        </ul>
        <TextField label="Your name, as it stands above" value={text} onChange={setText} />
      </form>
      <GuardList desk={desk} what={stage.draft.format} />
    </Layout>
  );
}
