import type { ReactElement } from 'react';

import { assertNever } from '../../shared/assert-never.ts';
import type { RegisterComparison } from '../../shared/register-desk.ts';
import type { RegisterFinding } from '../../shared/register.ts';
import { placedName } from '../text/details.ts';
import { findingText } from '../text/register-words.ts';
import { count } from '../text/words.ts';
import { Button } from './button.tsx';
import { Note } from './note.tsx';
import { Pager } from './pager.tsx';

interface RegisterFindingsProps {
  readonly comparison: RegisterComparison;
  readonly disabled: boolean;
  readonly onStop: () => void;
  readonly onPage: (page: number) => void;
  readonly onEdit: (finding: RegisterFinding) => void;
}

/** How the register compares with a bucket: how far, or what was found. */
export function RegisterFindings(props: RegisterFindingsProps): ReactElement | null {
  const { comparison, disabled, onStop, onPage, onEdit } = props;
  switch (comparison.kind) {
    case 'none':
      return null;
    case 'running':
      return (
        <Note tone="plain" title="Comparing with the bucket">
          <p role="status">{count(comparison.wallets, 'wallet')} read so far.</p>
          <div className="note-foot">
            <Button onPress={onStop}>Stop</Button>
          </div>
        </Note>
      );
    case 'stopped':
      return (
        <Note tone="warn" title="The comparison was stopped">
          <p>
            {count(comparison.wallets, 'wallet')} had been read. Compare again for a result: what is missing
            is known only at the end.
          </p>
        </Note>
      );
    case 'done':
      return <Done comparison={comparison} disabled={disabled} onPage={onPage} onEdit={onEdit} />;
    default:
      return assertNever(comparison);
  }
}

interface DoneProps extends Pick<RegisterFindingsProps, 'disabled' | 'onPage' | 'onEdit'> {
  readonly comparison: Extract<RegisterComparison, { readonly kind: 'done' }>;
}

function Done({ comparison, disabled, onPage, onEdit }: DoneProps): ReactElement {
  const { wallets, passedOver, found, faults, page, findings } = comparison;
  const read = `${count(wallets, 'wallet')} of the bucket ${wallets === 1 ? 'was' : 'were'} read.`;
  const left =
    passedOver === 0
      ? ''
      : ` ${count(passedOver, 'link, pipe or folder too deep was', 'links, pipes and folders too deep were')} not looked into.`;
  if (found === 0) {
    return (
      <Note tone="ok" title="Register and bucket agree">
        <p>
          {read}
          {left}
        </p>
      </Note>
    );
  }
  return (
    <section aria-labelledby="findings-title">
      <div className="section-head">
        <h2 id="findings-title">
          {faults === 0 ? 'Nothing is wrong' : count(faults, 'thing does not agree', 'things do not agree')}
          {found > faults && `, ${found - faults} worth a word`}
        </h2>
        <span className="hint">
          {read}
          {left}
        </span>
      </div>
      <ul className="card card-flush findings" aria-labelledby="findings-title">
        {findings.map((finding, i) => (
          <Finding key={i} finding={finding} disabled={disabled} onEdit={onEdit} />
        ))}
      </ul>
      <Pager what="findings" page={page} found={found} onPage={onPage} />
    </section>
  );
}

interface FindingProps extends Pick<RegisterFindingsProps, 'disabled' | 'onEdit'> {
  readonly finding: RegisterFinding;
}

function Finding({ finding, disabled, onEdit }: FindingProps): ReactElement {
  const { keyId, files, found } = finding;
  const { title, says } = findingText(finding);
  const name = keyId ?? placedName(files[0] ?? '');
  const isListed = found.kind === 'warning' || found.fault.code !== 'register.not-listed';
  return (
    <li className="finding">
      <div>
        <code>{name}</code>
        <p>
          <b>{title}.</b> {says}
        </p>
      </div>
      {keyId !== null && (
        <Button
          kind="quiet"
          aria-label={`${isListed ? 'Change' : 'Add'} its row: ${keyId}`}
          disabled={disabled}
          onPress={() => {
            onEdit(finding);
          }}
        >
          {isListed ? 'Change its row' : 'Add its row'}
        </Button>
      )}
    </li>
  );
}
