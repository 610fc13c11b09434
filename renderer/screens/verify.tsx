import type { ReactElement } from 'react';

import { assertNever } from '../../shared/assert-never.ts';
import type { WalletView } from '../../shared/session-state.ts';
import { start, walletOf, type Desk, type ScreenProps } from '../app/desk.ts';
import { backTo } from '../app/fault-actions.ts';
import { Button } from '../parts/button.tsx';
import { checkCount, checkRows } from '../parts/check-cells.ts';
import { CheckGrid } from '../parts/check-grid.tsx';
import { FaultNote } from '../parts/fault-note.tsx';
import { Grouped } from '../parts/grouped.tsx';
import { Layout, type MainAction } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { shortFingerprint } from '../text/group-text.ts';
import { count } from '../text/words.ts';

/** The checks of one backup, filling as they are done, and the verdict. */
export function VerifyScreen({ stage, desk }: ScreenProps<'verify'>): ReactElement | null {
  const wallet = walletOf(stage.loaded, stage.wallet);
  if (wallet === undefined) return null;
  const { verification } = wallet;
  const judged = verification.kind === 'judged' ? verification : null;
  const words = headOf(wallet);
  return (
    <Layout
      desk={desk}
      canGoBack
      showFault={judged?.fault?.code !== desk.fault?.code}
      title={words.title}
      lead={words.lead}
      status={statusOf(wallet)}
      main={mainOf(wallet, desk)}
      beside={besideOf(wallet, desk)}
    >
      {judged?.verdict === 'valid' && <GoodNote wallet={wallet} />}
      {judged !== null && judged.fault !== null && (
        <FaultNote fault={judged.fault} desk={desk} acts={false} />
      )}
      {judged?.fault?.code === 'label.mismatch' && <IdsCard wallet={wallet} desk={desk} />}
      <CheckGrid wallet={wallet} />
    </Layout>
  );
}

function headOf({ verification }: WalletView): { readonly title: string; readonly lead: string } {
  switch (verification.kind) {
    case 'waiting':
      return {
        title: 'Check the backup',
        lead: 'Only public data is used here: no key and no password is needed.',
      };
    case 'running':
      return {
        title: 'Checking the backup',
        lead: 'Only public data is used here. When every line has passed, the recovery key can rebuild this wallet’s key.',
      };
    case 'judged':
      switch (verification.verdict) {
        case 'valid':
          return {
            title: 'This backup is good',
            lead: 'Nothing was decrypted, and your files were not changed.',
          };
        case 'invalid':
          return {
            title: 'This backup was not accepted',
            lead: 'Nothing was decrypted, and your files were not changed.',
          };
        case 'unverifiable':
          return {
            title: 'This backup could not be fully checked',
            lead: 'What could be checked has passed. Nothing was decrypted, and your files were not changed.',
          };
        default:
          return assertNever(verification.verdict);
      }
    default:
      return assertNever(verification);
  }
}

function statusOf(wallet: WalletView): string {
  const { done, all } = checkCount(checkRows(wallet));
  switch (wallet.verification.kind) {
    case 'waiting':
      return `${count(wallet.players.length, 'player')}, ${count(all, 'check')}`;
    case 'running':
      return `${done} of ${all} checks done`;
    case 'judged':
      if (lacksLabel(wallet)) return 'Nothing can be decrypted without them.';
      return wallet.verification.verdict === 'invalid'
        ? 'A backup that fails can’t be unlocked.'
        : 'Next: open the recovery key.';
    default:
      return assertNever(wallet.verification);
  }
}

/** Whether the one thing left to do is to say the label: without it nothing can be decrypted either. */
function lacksLabel({ labelKnown, verification }: WalletView): boolean {
  return !labelKnown && verification.kind === 'judged' && verification.verdict === 'unverifiable';
}

function changeIds({ ref }: WalletView, desk: Desk): Promise<void> {
  desk.mark(ref, true);
  return backTo(desk, 'load');
}

function mainOf(wallet: WalletView, desk: Desk): MainAction {
  const { ref, verification } = wallet;
  const check = (): void => {
    start(desk.ask('proof.verify', { wallets: [ref] }));
  };
  if (verification.kind === 'waiting') return { label: 'Check this backup', onPress: check };
  if (verification.kind === 'running') return { label: 'Checking…', disabled: true, onPress: check };
  if (verification.verdict === 'invalid') return { label: 'Check again', onPress: check };
  if (lacksLabel(wallet)) {
    const label = wallet.convention === 'palisade' ? 'Enter the ids' : 'Enter the label';
    return {
      label,
      onPress: () => {
        start(changeIds(wallet, desk));
      },
    };
  }
  return {
    label: 'Continue to unlock',
    onPress: () => {
      start(desk.ask('unlock.begin', null));
    },
  };
}

function besideOf(wallet: WalletView, desk: Desk): MainAction | null {
  const { ref, verification } = wallet;
  if (verification.kind === 'running') {
    return {
      label: 'Stop',
      onPress: () => {
        start(desk.ask('proof.stop', null));
      },
    };
  }
  if (verification.kind === 'waiting' || verification.verdict === 'invalid' || lacksLabel(wallet))
    return null;
  return {
    label: 'Check again',
    onPress: () => {
      start(desk.ask('proof.verify', { wallets: [ref] }));
    },
  };
}

function GoodNote({ wallet }: { readonly wallet: WalletView }): ReactElement {
  const { recoveryKeys, threshold, players } = wallet;
  const keys = recoveryKeys.map(shortFingerprint).join(' or ');
  return (
    <Note tone="ok" title="Every check has passed" urgent>
      <p>
        Any {threshold + 1} of the {players.length} players’ shares make this wallet’s key.{' '}
        {recoveryKeys.length > 0 && (
          <>
            Recovery key: <code>{keys}</code>
          </>
        )}
      </p>
    </Note>
  );
}

/** Both ids as they were used, to be held against the record. */
function IdsCard({ wallet, desk }: { readonly wallet: WalletView; readonly desk: Desk }): ReactElement {
  const ids = [
    { name: 'Quorum id', value: wallet.quorumId },
    { name: 'Key id', value: wallet.keyId },
  ];
  return (
    <section className="card card-flush ids" aria-label="Ids in use">
      {ids.map(({ name, value }) => (
        <div key={name} className="id-line">
          <span>{name}</span>
          {value === null ? <span className="muted">not known</span> : <Grouped text={value} />}
          <Button
            aria-label={`Change ${name.toLowerCase()}`}
            onPress={() => {
              start(changeIds(wallet, desk));
            }}
          >
            Change
          </Button>
        </div>
      ))}
    </section>
  );
}
