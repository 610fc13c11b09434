import { useState, type ReactElement } from 'react';

import type { RequestOf } from '../../shared/contract.ts';
import { isUuid } from '../../shared/ids.ts';
import { KEY_ALGORITHMS, type KeyAlgorithm } from '../../shared/key-algorithm.ts';
import type { WalletView } from '../../shared/session-state.ts';
import { idComplaint, labelComplaint, type LabelEncoding } from '../text/id-complaint.ts';
import { Button } from './button.tsx';
import { Choice } from './choice.tsx';
import { TextField } from './text-field.tsx';

/** The form, for the main button that sends it from outside. */
export const WALLET_FORM_ID = 'wallet-form';

/** What the form sends. */
export type Description = RequestOf<'wallet.describe'>;

interface WalletFormProps {
  readonly wallet: WalletView;
  readonly disabled: boolean;
  readonly onDescribe: (description: Description) => void;
  readonly onCancel: (() => void) | null;
}

const ENCODINGS: readonly (readonly [LabelEncoding, string])[] = [
  ['text', 'Text'],
  ['hex', 'Hex'],
  ['base64', 'Base64'],
];

/** The ids of a wallet by hand, or the label of a raw ERS file, checked as they are typed. */
export function WalletForm({ wallet, disabled, onDescribe, onCancel }: WalletFormProps): ReactElement {
  const [keyId, setKeyId] = useState(wallet.keyId ?? '');
  const [quorumId, setQuorumId] = useState(wallet.quorumId ?? '');
  const [keyAlgorithm, setKeyAlgorithm] = useState<KeyAlgorithm | null>(wallet.keyAlgorithm);
  const [encoding, setEncoding] = useState<LabelEncoding>('text');
  const [label, setLabel] = useState('');
  const raw = wallet.convention === 'none';
  const [tried, setTried] = useState(false);
  const complaintOf = (id: string): string | null =>
    idComplaint(id) ?? (tried && id.trim() === '' ? 'Enter it from your offline record.' : null);
  const ready = raw
    ? labelComplaint(encoding, label) === null
    : isUuid(keyId.trim()) && isUuid(quorumId.trim());
  return (
    <form
      id={WALLET_FORM_ID}
      className="wallet-form"
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (!ready || disabled) return;
        onDescribe({
          wallet: wallet.ref,
          keyId: raw ? wallet.keyId : keyId.trim().toLowerCase(),
          quorumId: raw ? wallet.quorumId : quorumId.trim().toLowerCase(),
          keyAlgorithm,
          label: raw ? { encoding, text: encoding === 'text' ? label : label.trim() } : null,
        });
      }}
    >
      {raw ? (
        <>
          <Choice
            legend="The label is written as"
            name="encoding"
            options={ENCODINGS}
            value={encoding}
            onChange={setEncoding}
          />
          <TextField
            wide
            label="Label"
            value={label}
            onChange={setLabel}
            hint="Leave it empty if the backup was made without a label."
            complaint={labelComplaint(encoding, label)}
          />
        </>
      ) : (
        <>
          <TextField
            wide
            label="Quorum id"
            value={quorumId}
            onChange={setQuorumId}
            hint="From your offline record or the register: 36 characters with hyphens."
            complaint={complaintOf(quorumId)}
          />
          <TextField
            wide
            label="Key id"
            value={keyId}
            onChange={setKeyId}
            hint="The name of the wallet’s folder in the bucket."
            complaint={complaintOf(keyId)}
          />
        </>
      )}
      <Choice
        legend="Key algorithm"
        name="algorithm"
        options={[['', 'As the files say'], ...KEY_ALGORITHMS.map((name) => [name, name] as const)]}
        value={keyAlgorithm ?? ''}
        onChange={(value) => {
          setKeyAlgorithm(value === '' ? null : value);
        }}
      />
      {onCancel !== null && (
        <div className="form-foot">
          <Button onPress={onCancel}>Keep what was there</Button>
        </div>
      )}
    </form>
  );
}
