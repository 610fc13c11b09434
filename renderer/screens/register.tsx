import { useState, type ReactElement } from 'react';

import type { OpenRegister, RegisterForm as Form } from '../../shared/register-desk.ts';
import type { RegisterDraft, RegisterFinding } from '../../shared/register.ts';
import { start, type Desk, type ScreenProps } from '../app/desk.ts';
import { Button } from '../parts/button.tsx';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { RegisterFindings } from '../parts/register-findings.tsx';
import { EMPTY_DRAFT, REGISTER_FORM_ID, RegisterForm } from '../parts/register-form.tsx';
import { RegisterRows } from '../parts/register-rows.tsx';
import { RegisterWarnings } from '../parts/register-warnings.tsx';
import { printable } from '../text/details.ts';

/** The row in the form: a new one, or the one of a key id. */
interface Editing {
  readonly keyId: string | null;
  readonly draft: RegisterDraft;
}

/** A register of wallets: opened or started, edited row by row, compared with a bucket, written to a new file. */
export function RegisterScreen({ stage: { open }, desk }: ScreenProps<'register'>): ReactElement {
  const [editing, setEditing] = useState<Editing | null>(null);
  if (open === null) return <NoRegister desk={desk} />;
  return editing === null ? (
    <RegisterList key="list" open={open} desk={desk} onEdit={setEditing} />
  ) : (
    <RegisterRow
      key="row"
      desk={desk}
      editing={editing}
      onDone={() => {
        setEditing(null);
      }}
    />
  );
}

function NoRegister({ desk }: { readonly desk: Desk }): ReactElement {
  return (
    <Layout
      desk={desk}
      canGoBack
      title="Edit a register of wallets"
      lead="The register is your own offline record: the ids, the algorithm and an address of each wallet. Without the quorum id in it, a wallet can’t be recovered."
      status="Open a register, or start an empty one."
      main={{
        label: 'Open a register',
        onPress: () => {
          start(desk.ask('register.open-by-dialog', null));
        },
      }}
      beside={{
        label: 'Start an empty one',
        disabled: desk.busy !== null,
        onPress: () => {
          start(desk.ask('register.start-empty', null));
        },
      }}
    >
      <Note tone="plain" title="No file is changed">
        <p>
          CSV or JSON is read. What you change is written to a new file of your choice, never over one that is
          there.
        </p>
      </Note>
    </Layout>
  );
}

interface RegisterListProps {
  readonly open: OpenRegister;
  readonly desk: Desk;
  readonly onEdit: (editing: Editing) => void;
}

function RegisterList({ open, desk, onEdit }: RegisterListProps): ReactElement {
  const { comparison, removed } = open;
  const isComparing = comparison.kind === 'running';
  const disabled = desk.busy !== null;
  const save = (form: Form) => ({
    disabled: open.total === 0,
    onPress: () => {
      start(desk.ask('register.save', { form }));
    },
  });
  return (
    <Layout
      desk={desk}
      canGoBack
      title="The register of wallets"
      lead={open.file === null ? 'A new register, in no file yet.' : printable(open.file)}
      status={statusOf(open)}
      showFault={desk.fault?.code !== 'register.row-invalid'}
      main={{ label: 'Save as CSV', ...save('csv') }}
      beside={{ label: 'Save as JSON', ...save('json') }}
    >
      <div className="button-row">
        <Button
          disabled={disabled || isComparing || open.total === 0}
          onPress={() => {
            start(desk.ask('register.compare-by-dialog', null));
          }}
        >
          Check against a bucket
        </Button>
        <Button
          disabled={disabled}
          onPress={() => {
            start(desk.ask('register.open-by-dialog', null));
          }}
        >
          Open another register
        </Button>
      </div>
      <RegisterWarnings warnings={open.warnings} />
      {removed !== null && <Removed keyId={removed} desk={desk} />}
      <RegisterFindings
        comparison={comparison}
        disabled={disabled}
        onStop={() => {
          start(desk.ask('register.stop-comparing', null));
        }}
        onPage={(page) => {
          start(desk.ask('register.show-findings', { page }));
        }}
        onEdit={(finding) => {
          start(editFound(desk, finding, onEdit));
        }}
      />
      <RegisterRows
        open={open}
        disabled={disabled}
        onShow={(filter, page) => {
          start(desk.ask('register.show', { filter, page }));
        }}
        onAdd={() => {
          onEdit({ keyId: null, draft: EMPTY_DRAFT });
        }}
        onChange={({ draft }) => {
          onEdit({ keyId: draft.key_id, draft });
        }}
        onRemove={(keyId) => {
          start(desk.ask('register.remove', { keyId }));
        }}
      />
    </Layout>
  );
}

function statusOf({ total, unsaved }: OpenRegister): string {
  if (total === 0) return 'Add a wallet to have something to save.';
  return unsaved
    ? 'Not saved: your changes are in no file yet.'
    : 'Saved: nothing was changed since the file was read or written.';
}

/** Opens the row that a finding is about; a wallet that has none gets a new one. */
async function editFound(
  desk: Desk,
  { keyId, found }: RegisterFinding,
  onEdit: (editing: Editing) => void,
): Promise<void> {
  if (keyId === null) return;
  if (found.kind === 'fault' && found.fault.code === 'register.not-listed') {
    onEdit({ keyId: null, draft: { ...EMPTY_DRAFT, key_id: keyId } });
    return;
  }
  const next = await desk.ask('register.show', { filter: keyId, page: 0 });
  if (next?.stage.kind !== 'register') return;
  const row = next.stage.open?.rows.find(({ draft }) => draft.key_id === keyId);
  if (row !== undefined) onEdit({ keyId, draft: row.draft });
}

function Removed({ keyId, desk }: { readonly keyId: string; readonly desk: Desk }): ReactElement {
  return (
    <Note tone="plain" title="A row was removed">
      <p role="status">
        <code>{keyId}</code>
      </p>
      <div className="note-foot">
        <Button
          disabled={desk.busy !== null}
          onPress={() => {
            start(desk.ask('register.put-back', null));
          }}
        >
          Put it back
        </Button>
      </div>
    </Note>
  );
}

interface RegisterRowProps {
  readonly editing: Editing;
  readonly desk: Desk;
  readonly onDone: () => void;
}

function RegisterRow({ editing: { keyId, draft }, desk, onDone }: RegisterRowProps): ReactElement {
  const isNew = keyId === null;
  /** Before it was sent, a fault is of what was done on the list. */
  const [isSent, setSent] = useState(false);
  return (
    <Layout
      desk={desk}
      canGoBack
      onBack={onDone}
      title={isNew ? 'Add a wallet' : 'Change a wallet’s row'}
      lead="Copy the ids from the platform, and compare them character by character."
      status={
        isNew ? 'Next: the row goes to the end of the register.' : 'Next: the row is changed in its place.'
      }
      showFault={isSent && desk.fault?.code !== 'register.row-invalid'}
      main={{ label: isNew ? 'Add the wallet' : 'Change the row', form: REGISTER_FORM_ID }}
    >
      <RegisterForm
        draft={draft}
        fault={desk.fault}
        onTyped={(typed) => {
          start(desk.ask('register.mark-typed', { typed }));
        }}
        onSend={async (typed) => {
          setSent(true);
          const next = isNew
            ? await desk.ask('register.add', { draft: typed })
            : await desk.ask('register.change', { keyId, draft: typed });
          if (next !== null) onDone();
        }}
      />
    </Layout>
  );
}
