import { useState, type ReactElement } from 'react';

import type { RecoveredView } from '../../shared/session-state.ts';
import { start, type Desk, type ScreenProps } from '../app/desk.ts';
import { PATH_FIELD_ID } from '../app/fault-actions.ts';
import { AddressLine } from '../parts/address-line.tsx';
import { Button } from '../parts/button.tsx';
import { Grouped } from '../parts/grouped.tsx';
import { Icon } from '../parts/icon.tsx';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { TextField } from '../parts/text-field.tsx';
import { keySourceWords } from '../text/token-words.ts';
import { warningText } from '../text/warnings.ts';

/** Every address of the recovered key, held against the register. No private key is ever here. */
export function AddressesScreen({ stage: { recovered }, desk }: ScreenProps<'addresses'>): ReactElement {
  const { addresses, warnings, path, publicKeyHex } = recovered;
  const drill = desk.state.mode === 'drill';
  return (
    <Layout
      desk={desk}
      canGoBack
      title="The wallet’s addresses"
      lead="The key was rebuilt and equals the wallet’s public key. It has not been shown or written anywhere. Compare an address with your record."
      status={
        drill
          ? 'The drill is complete when the address fits your record.'
          : recovered.comparison === 'mismatched'
            ? 'The key is not given out while the address does not fit.'
            : 'Finish here, or give the key out.'
      }
      main={{
        label: 'Finish and wipe',
        onPress: () => {
          start(desk.ask('session.end', null));
        },
      }}
      beside={
        drill
          ? null
          : {
              label: 'Export the key',
              disabled: recovered.comparison === 'mismatched' || desk.busy !== null,
              onPress: () => {
                start(desk.ask('export.begin', null));
              },
            }
      }
    >
      <Comparison recovered={recovered} />
      {warnings.map((warning, i) => (
        <Note key={i} tone="warn" title="Worth knowing">
          <p>{warningText(warning)}</p>
        </Note>
      ))}
      <div className="section-head">
        <h2 id="addresses-title">
          Addresses at <code>{path}</code>
        </h2>
      </div>
      {addresses.length === 0 ? (
        <p className="card muted">No chain that is known here uses keys of this curve.</p>
      ) : (
        <ul className="card card-flush addresses" aria-labelledby="addresses-title">
          {[...addresses]
            .sort((a, b) => Number(b.registered) - Number(a.registered))
            .map((view) => (
              <AddressLine key={view.name} view={view} />
            ))}
        </ul>
      )}
      <section className="card" aria-labelledby="path-title">
        <h2 id="path-title">Another path</h2>
        <PathForm desk={desk} path={path} />
        <p className="public-key">
          <span className="muted">Public key at {path}</span> <Grouped text={publicKeyHex} />
        </p>
        <p className="hint">{keySourceWords(recovered.keySource)}</p>
      </section>
    </Layout>
  );
}

function Comparison({ recovered }: { readonly recovered: RecoveredView }): ReactElement {
  const { comparison, expectedAddress } = recovered;
  switch (comparison) {
    case 'matched':
      return (
        <Note tone="ok" title="The address in the register is one of this wallet’s">
          {expectedAddress !== null && <Grouped text={expectedAddress} />}
        </Note>
      );
    case 'mismatched':
      return (
        <Note tone="bad" title="The address in the register is none of these" urgent>
          {expectedAddress !== null && <Grouped text={expectedAddress} />}
          <p>
            It may be the wrong wallet, the wrong row or the wrong path. <b>Export will be refused</b> until
            the difference is explained: compare the register’s row and the key id with your offline record,
            or try the wallet’s own path below.
          </p>
        </Note>
      );
    case 'not-given':
      return (
        <Note tone="plain" title="The register has no address for this wallet">
          <p>Compare at least one address below with your own record, group by group.</p>
        </Note>
      );
  }
}

function PathForm({ desk, path }: { readonly desk: Desk; readonly path: string }): ReactElement {
  const [text, setText] = useState('');
  return (
    <form
      className="field-row"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() !== '' && desk.busy === null)
          start(desk.ask('address.derive', { path: text.trim() }));
      }}
    >
      <TextField
        id={PATH_FIELD_ID}
        label="Path"
        value={text}
        onChange={setText}
        placeholder={path}
        hint="Numbers between slashes, like m/44/60/0/0/0; m is the master key."
      />
      <Button type="submit" disabled={text.trim() === '' || desk.busy !== null}>
        <Icon name="key" />
        Show addresses
      </Button>
    </form>
  );
}
