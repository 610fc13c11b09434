import { useState, type ReactElement } from 'react';

import { confirmable } from '../../shared/export-guards.ts';
import { TYPED_CHARACTERS } from '../../shared/export-sentences.ts';
import { start, type Desk, type ScreenProps } from '../app/desk.ts';
import { Grouped } from '../parts/grouped.tsx';
import { GuardList } from '../parts/guard-list.tsx';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { TextField } from '../parts/text-field.tsx';

const FORM = 'confirm-address';

/** The address is typed from the user's own record, so that somebody has looked at it; a mismatch ends here. */
export function ConfirmAddressScreen({ stage, desk }: ScreenProps<'export'>): ReactElement {
  const { comparison, expectedAddress } = stage.recovered;
  const [text, setText] = useState('');
  const [compared, setCompared] = useState(false);
  const mismatched = comparison === 'mismatched';
  const needsWord = comparison === 'not-given';
  const ready = text.trim().length === TYPED_CHARACTERS && (compared || !needsWord);
  return (
    <Layout
      desk={desk}
      canGoBack
      title={mismatched ? 'This key is not given out' : 'Confirm the address'}
      lead={
        mismatched
          ? 'The address in the register is none of this key’s addresses.'
          : 'Take an address of this wallet from your own record, not from this screen, and type how it ends.'
      }
      status={mismatched ? 'Go back to the addresses.' : statusOf(ready, needsWord && !compared)}
      main={mismatched ? null : { label: 'Confirm the address', form: FORM, disabled: !ready }}
    >
      {mismatched ? (
        <Note tone="bad" title="Export is refused" urgent>
          {expectedAddress !== null && <Grouped text={expectedAddress} />}
          <p>
            It may be the wrong wallet, the wrong row or the wrong path. There is no way past this: go back,
            compare the register with your offline record, or try the wallet’s own path.
          </p>
        </Note>
      ) : (
        <form
          id={FORM}
          className="card stack"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready && desk.busy === null) start(confirm(desk, text, needsWord));
          }}
        >
          <p>
            It may be the address on <b>{chainsOf(stage.recovered)}</b>.
          </p>
          <TextField
            label="Last six characters of the address"
            value={text}
            onChange={setText}
            complaint={
              text.trim().length > TYPED_CHARACTERS ? 'Six characters, the last ones of the address.' : null
            }
          />
          {needsWord && (
            <label className="tick">
              <input
                type="checkbox"
                checked={compared}
                onChange={(event) => {
                  setCompared(event.target.checked);
                }}
              />
              <span>
                The register has no address for this wallet. I have compared the address with another record.
              </span>
            </label>
          )}
        </form>
      )}
      <GuardList desk={desk} what={stage.draft.format} />
    </Layout>
  );
}

async function confirm(desk: Desk, lastCharacters: string, needsWord: boolean): Promise<void> {
  const typed = await desk.ask('export.type-address', { lastCharacters });
  if (typed !== null && needsWord) await desk.ask('export.acknowledge', { what: 'no-expected-address' });
}

function chainsOf(recovered: ScreenProps<'export'>['stage']['recovered']): string {
  const chains = [...new Set(confirmable(recovered).map(({ chain }) => chain))];
  return chains.length === 0 ? 'no chain: type the end of the public key' : chains.join(', ');
}

function statusOf(ready: boolean, unticked: boolean): string {
  if (ready) return 'Next: the second person.';
  return unticked
    ? 'Type the end of the address, and say that you compared it.'
    : 'Type the last six characters to go on.';
}
