import type { ReactElement } from 'react';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { SearchField } from 'react-aria-components/SearchField';

import {
  REGISTER_ROWS_AT_ONCE,
  type OpenRegister,
  type RegisterRowView,
} from '../../shared/register-desk.ts';
import { printable } from '../text/details.ts';
import { count } from '../text/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { Pager } from './pager.tsx';

interface RegisterRowsProps {
  readonly open: OpenRegister;
  readonly disabled: boolean;
  readonly onShow: (filter: string, page: number) => void;
  readonly onAdd: () => void;
  readonly onChange: (row: RegisterRowView) => void;
  readonly onRemove: (keyId: string) => void;
}

/** The rows of a register, one page of them; a long list is filtered in the main process. */
export function RegisterRows(props: RegisterRowsProps): ReactElement {
  const { open, disabled, onShow, onAdd, onChange, onRemove } = props;
  const { total, filter, found, page, rows } = open;
  return (
    <section aria-labelledby="rows-title">
      <div className="section-head">
        <h2 id="rows-title">{count(total, 'wallet')}</h2>
        {(total > 6 || filter !== '') && (
          <SearchField
            className="search"
            defaultValue={filter}
            onChange={(text) => {
              onShow(text, 0);
            }}
          >
            <Label className="unseen">Filter wallets by anything in their rows</Label>
            <Icon name="search" />
            <Input className="input" placeholder="Filter by anything in a row" />
          </SearchField>
        )}
        <span className="spring" />
        <Button disabled={disabled} onPress={onAdd}>
          Add a wallet
        </Button>
      </div>
      <div className="card card-flush">
        {total === 0 && <p className="empty">No wallet yet. Add the first one.</p>}
        {total > 0 && found === 0 && <p className="empty">No wallet fits the filter.</p>}
        <ul aria-labelledby="rows-title">
          {rows.map((row) => (
            <RowLine
              key={row.draft.key_id}
              row={row}
              disabled={disabled}
              onChange={onChange}
              onRemove={onRemove}
            />
          ))}
        </ul>
      </div>
      {found < total && found <= REGISTER_ROWS_AT_ONCE && (
        <p className="more muted" role="status">
          {count(found, 'wallet')} of {total} {found === 1 ? 'fits' : 'fit'} the filter
        </p>
      )}
      <Pager
        what="wallets"
        page={page}
        found={found}
        onPage={(next) => {
          onShow(filter, next);
        }}
      />
    </section>
  );
}

interface RowLineProps extends Pick<RegisterRowsProps, 'disabled' | 'onChange' | 'onRemove'> {
  readonly row: RegisterRowView;
}

function RowLine({ row, disabled, onChange, onRemove }: RowLineProps): ReactElement {
  const { key_id: keyId, key_algorithm: algorithm, quorum_id: quorumId, ...rest } = row.draft;
  const { address, environment, bucket, note } = rest;
  const further = Object.entries(row.further).map(([name, text]) => `${name}: ${text}`);
  const told = [bucket === '' ? '' : `bucket ${bucket}`, note, ...further].filter((text) => text !== '');
  return (
    <li className="register-row">
      <div className="wallet-name">
        <code>{keyId}</code>
        <span className="wallet-facts muted">
          {algorithm} · quorum {quorumId}
        </span>
        <span className="wallet-facts muted">{address === '' ? 'no address' : printable(address)}</span>
        {told.length > 0 && <span className="wallet-facts muted">{printable(told.join(' · '))}</span>}
      </div>
      <span className="wallet-tags">
        {environment !== '' && (
          <span className={`tag tag-${environment === 'production' ? 'warn' : 'plain'}`}>{environment}</span>
        )}
        <Button
          kind="quiet"
          aria-label={`Change ${keyId}`}
          disabled={disabled}
          onPress={() => {
            onChange(row);
          }}
        >
          Change
        </Button>
        <Button
          kind="quiet"
          aria-label={`Remove ${keyId}`}
          disabled={disabled}
          onPress={() => {
            onRemove(keyId);
          }}
        >
          Remove
        </Button>
      </span>
    </li>
  );
}
