import { useState, type ReactElement, type ReactNode } from 'react';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { SearchField } from 'react-aria-components/SearchField';

import type { WalletRef, WalletView } from '../../shared/session-state.ts';
import { count, quorumOf } from '../text/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { filterWallets, missingOf, reasonOf, ROWS_AT_ONCE, standingOf, walletName } from './wallet-states.ts';

interface WalletListProps {
  readonly wallets: readonly WalletView[];
  readonly chosen: WalletRef | null;
  readonly onChoose: (wallet: WalletRef) => void;
  /** What stands below the chosen wallet. */
  readonly detail: ReactNode;
  readonly action: ReactNode;
}

/** The wallets that were found, one to be chosen; a long list is filtered, and drawn in parts. */
export function WalletList({ wallets, chosen, onChoose, detail, action }: WalletListProps): ReactElement {
  const [filter, setFilter] = useState('');
  const [shown, setShown] = useState(ROWS_AT_ONCE);
  const found = filterWallets(wallets, filter);
  return (
    <section aria-labelledby="wallets-title">
      <div className="section-head">
        <h2 id="wallets-title">{count(wallets.length, 'wallet')}</h2>
        {wallets.length > 6 && (
          <SearchField className="search" value={filter} onChange={setFilter}>
            <Label className="unseen">Filter wallets by id, file or state</Label>
            <Icon name="search" />
            <Input className="input" placeholder="Filter by id, file or state" />
          </SearchField>
        )}
        <span className="spring" />
        {action}
      </div>
      <div className="card card-flush" role="radiogroup" aria-labelledby="wallets-title">
        {found.length === 0 && <p className="empty">No wallet fits the filter.</p>}
        {found.slice(0, shown).map((wallet) => (
          <WalletRow
            key={wallet.ref}
            wallet={wallet}
            chosen={wallet.ref === chosen}
            onChoose={onChoose}
            detail={detail}
          />
        ))}
      </div>
      {found.length > shown && (
        <div className="more">
          <span className="muted">
            {shown} of {count(found.length, 'wallet')} shown
          </span>
          <Button
            onPress={() => {
              setShown(shown + ROWS_AT_ONCE);
            }}
          >
            Show {Math.min(ROWS_AT_ONCE, found.length - shown)} more
          </Button>
        </div>
      )}
    </section>
  );
}

interface WalletRowProps {
  readonly wallet: WalletView;
  readonly chosen: boolean;
  readonly onChoose: (wallet: WalletRef) => void;
  readonly detail: ReactNode;
}

function WalletRow({ wallet, chosen, onChoose, detail }: WalletRowProps): ReactElement {
  const { tone, icon, words } = standingOf(wallet);
  const missing = missingOf(wallet);
  const reason = reasonOf(wallet);
  return (
    <div className={`wallet ${chosen ? 'wallet-chosen' : ''}`}>
      <label className="wallet-row">
        <input
          type="radio"
          name="wallet"
          checked={chosen}
          onChange={() => {
            onChoose(wallet.ref);
          }}
        />
        <span className="wallet-name">
          <code>{walletName(wallet)}</code>
          <span className="wallet-facts muted">
            {wallet.keyAlgorithm ?? wallet.curve} · {quorumOf(wallet)} players ·{' '}
            {wallet.expectedAddress === null ? 'no address in register' : 'address in register'}
            {reason !== null && ` · ${reason}`}
          </span>
        </span>
        <span className="wallet-tags">
          {missing !== null && (
            <span className="tag tag-warn">
              <Icon name="warning" />
              {missing}
            </span>
          )}
          <span className={`tag tag-${tone}`}>
            <Icon name={icon} />
            {words}
          </span>
        </span>
      </label>
      {chosen && detail}
    </div>
  );
}
