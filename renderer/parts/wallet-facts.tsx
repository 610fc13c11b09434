import type { ReactElement, ReactNode } from 'react';

import type { WalletView } from '../../shared/session-state.ts';
import { fileName } from '../text/details.ts';
import { shortFingerprint } from '../text/group-text.ts';
import { count } from '../text/words.ts';
import { Button } from './button.tsx';

/** What a wallet's files, the register and the user say of it, one line each, with a way to change the ids. */
export function WalletFacts({
  wallet,
  onChange,
}: {
  readonly wallet: WalletView;
  readonly onChange: () => void;
}): ReactElement {
  const { convention, keyId, quorumId, files, recoveryKeys, expectedAddress, labelKnown } = wallet;
  return (
    <div className="wallet-detail">
      <dl className="facts">
        {convention === 'palisade' ? (
          <>
            <Fact name="Key id">{keyId ?? 'not known'}</Fact>
            <Fact name="Quorum id">{quorumId ?? 'not known'}</Fact>
          </>
        ) : (
          <Fact name="Label">{labelKnown ? 'given' : 'not known'}</Fact>
        )}
        <Fact name={recoveryKeys.length === 1 ? 'Recovery key' : 'Recovery keys'}>
          {recoveryKeys.length === 0
            ? 'not stated in the file'
            : recoveryKeys.map(shortFingerprint).join(', ')}
        </Fact>
        <Fact name="Expected address">{expectedAddress ?? 'not in a register'}</Fact>
        <Fact name={count(files.length, 'File').replace(/^\d+ /, '')}>{filesInWords(files)}</Fact>
      </dl>
      <Button onPress={onChange}>{convention === 'palisade' ? 'Change ids' : 'Change label'}</Button>
    </div>
  );
}

/** One name and what is known of it. */
export function Fact({
  name,
  children,
}: {
  readonly name: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function filesInWords(files: readonly string[]): string {
  const shown = files.slice(0, 3).map(fileName).join(', ');
  return files.length > 3 ? `${shown} and ${files.length - 3} more` : shown;
}
