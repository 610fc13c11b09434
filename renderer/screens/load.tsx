import type { ReactElement } from 'react';

import type { Rehearsal } from '../../shared/rehearsal.ts';
import type { WalletView } from '../../shared/session-state.ts';
import { start, walletOf, type Desk, type ScreenProps } from '../app/desk.ts';
import { AddMore, EmptyDrop } from '../parts/add-files.tsx';
import { Button } from '../parts/button.tsx';
import { DropArea } from '../parts/drop-area.tsx';
import { FileFaults } from '../parts/file-faults.tsx';
import { Layout, type MainAction } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { RegisterWarnings } from '../parts/register-warnings.tsx';
import { VerifyAll } from '../parts/verify-all.tsx';
import { WalletFacts } from '../parts/wallet-facts.tsx';
import { WALLET_FORM_ID, WalletForm } from '../parts/wallet-form.tsx';
import { WalletList } from '../parts/wallet-list.tsx';
import { missingOf } from '../parts/wallet-states.ts';
import { printable } from '../text/details.ts';
import { rehearsalLine } from '../text/rehearsal-words.ts';
import { count } from '../text/words.ts';

/** Files in by drop or dialog, what was found in them, and one wallet to be chosen. */
export function LoadScreen({ stage: { loaded, loading }, desk }: ScreenProps<'load'>): ReactElement {
  const { wallets, files } = loaded;
  const [only] = wallets;
  const marked = desk.marked === null ? undefined : walletOf(loaded, desk.marked.wallet);
  const chosen = marked ?? (wallets.length === 1 ? only : undefined);
  const missing = chosen === undefined ? null : missingOf(chosen);
  const running = wallets.some(({ verification }) => verification.kind === 'running');
  const edits = chosen !== undefined && isEdited(desk, chosen);
  const judged = chosen?.verification.kind === 'judged';
  const verify: MainAction = {
    label: judged ? 'Show the checks' : 'Verify this wallet',
    disabled: chosen === undefined || loading || (running && !judged),
    onPress: () => {
      if (chosen !== undefined) start(verifyOne(desk, chosen));
    },
  };
  return (
    <Layout
      desk={desk}
      canGoBack
      title={wallets.length === 0 ? 'Load the backup' : 'Choose the wallet'}
      lead="Drop the wallet’s folder, its files or the whole bucket anywhere on this screen. Nothing is decrypted here, and no file is changed."
      status={statusOf(wallets.length, chosen, missing, edits)}
      main={edits ? sendForm(chosen) : verify}
      beside={edits && missing !== null ? { ...verify, label: 'Verify without it' } : null}
    >
      <DropArea desk={desk} disabled={desk.busy !== null} />
      {desk.state.rehearsal !== null && <OnRehearsal rehearsal={desk.state.rehearsal} />}
      {files.length === 0 ? (
        <>
          <EmptyDrop desk={desk} loading={loading} />
          {desk.state.mode === 'drill' && <NoFilesAtHand desk={desk} disabled={loading} />}
        </>
      ) : (
        <AddMore desk={desk} loaded={loaded} loading={loading} />
      )}
      <RegisterWarnings warnings={loaded.registerWarnings} />
      <FileFaults key={wallets.length === 0 ? 'open' : 'folded'} files={files} folded={wallets.length > 0} />
      {wallets.length > 0 && (
        <WalletList
          wallets={wallets}
          chosen={chosen?.ref ?? null}
          onChoose={(wallet) => {
            desk.mark(wallet);
          }}
          detail={chosen === undefined ? null : <ChosenWallet key={chosen.ref} desk={desk} wallet={chosen} />}
          action={
            <span className="button-row">
              {desk.state.mode === 'drill' && wallets.length > 1 && !running && (
                <Button
                  disabled={loading || desk.busy !== null}
                  onPress={() => {
                    start(desk.ask('bucket.drill-all', null));
                  }}
                >
                  Drill all {wallets.length}
                </Button>
              )}
              <VerifyAll desk={desk} wallets={wallets} running={running} loading={loading} />
            </span>
          }
        />
      )}
    </Layout>
  );
}

/** A drill needs no files of anybody's: it can make its own. */
function NoFilesAtHand({
  desk,
  disabled,
}: Pick<ScreenProps<'load'>, 'desk'> & { readonly disabled: boolean }): ReactElement {
  return (
    <section className="card rehearse" aria-labelledby="rehearse-title">
      <div>
        <h2 id="rehearse-title">No files at hand?</h2>
        <p className="hint">
          Rehearse on wallets that hold nothing. A fault can be put in, to see its message.
        </p>
      </div>
      <Button
        disabled={disabled || desk.busy !== null}
        onPress={() => {
          start(desk.ask('rehearsal.begin', null));
        }}
      >
        Make files to rehearse on
      </Button>
    </section>
  );
}

function OnRehearsal({ rehearsal }: { readonly rehearsal: Rehearsal }): ReactElement {
  return (
    <Note tone="plain" title="You rehearse on files that Breakglass made">
      <p>
        <code>{printable(rehearsal.folder)}</code>
      </p>
      <p>{rehearsalLine(rehearsal)}</p>
    </Note>
  );
}

/** Whether the form of the ids is open: it was asked for, or something is missing. */
function isEdited({ marked }: Desk, wallet: WalletView): boolean {
  return missingOf(wallet) !== null || (marked?.wallet === wallet.ref && marked.editing);
}

function sendForm({ convention }: WalletView): MainAction {
  return { label: convention === 'palisade' ? 'Use these ids' : 'Use this label', form: WALLET_FORM_ID };
}

async function verifyOne(desk: Desk, { ref, verification }: WalletView): Promise<void> {
  const next = await desk.ask('wallet.choose', { wallet: ref });
  if (next?.stage.kind === 'verify' && verification.kind === 'waiting') {
    await desk.ask('proof.verify', { wallets: [ref] });
  }
}

function statusOf(
  wallets: number,
  chosen: WalletView | undefined,
  missing: string | null,
  edits: boolean,
): string {
  if (wallets === 0) return 'Add the backup files to go on.';
  if (chosen === undefined) return `Choose one of ${count(wallets, 'wallet')} to go on.`;
  if (missing !== null) return `For a full check and for the recovery: ${missing}.`;
  if (edits) return 'Correct what is wrong. The backup is then checked again.';
  if (chosen.verification.kind === 'judged') return 'This backup was checked in this session.';
  return 'Next: check this backup, with public data only.';
}

/** What is known of the chosen wallet; its form when something is missing, or when it is asked for. */
function ChosenWallet({ desk, wallet }: { readonly desk: Desk; readonly wallet: WalletView }): ReactElement {
  if (!isEdited(desk, wallet)) {
    return (
      <WalletFacts
        wallet={wallet}
        onChange={() => {
          desk.mark(wallet.ref, true);
        }}
      />
    );
  }
  return (
    <WalletForm
      wallet={wallet}
      disabled={desk.busy !== null}
      onDescribe={(description) => {
        start(
          desk.ask('wallet.describe', description).then((next) => {
            if (next !== null && next.fault === null) desk.mark(wallet.ref, false);
          }),
        );
      }}
      onCancel={
        missingOf(wallet) === null
          ? () => {
              desk.mark(wallet.ref, false);
            }
          : null
      }
    />
  );
}
