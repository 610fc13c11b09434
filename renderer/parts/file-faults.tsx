import type { ReactElement } from 'react';

import type { Fault } from '../../shared/recovery-error.ts';
import type { FileView } from '../../shared/session-state.ts';
import { placedName, printable } from '../text/details.ts';
import { faultText } from '../text/faults.ts';
import { count } from '../text/words.ts';
import { Icon } from './icon.tsx';

const MOST = 200;

/** The files that are wrong, each with its sentence; folded when there are wallets to go on with. */
export function FileFaults({
  files,
  folded,
}: {
  readonly files: readonly FileView[];
  readonly folded: boolean;
}): ReactElement | null {
  const wrong = files.filter(({ fault }) => fault !== null);
  if (wrong.length === 0) return null;
  return (
    <details className="card card-flush file-faults" open={!folded}>
      <summary>
        <Icon name="warning" />
        {count(wrong.length, 'file')} can’t be used: see why
        <span className="spring" />
        <Icon name="chevron" />
      </summary>
      <ul>
        {wrong.slice(0, MOST).map(({ file, fault }, i) => (
          <FileFault key={i} file={file} fault={fault} />
        ))}
      </ul>
      {wrong.length > MOST && (
        <p className="more muted">
          And {count(wrong.length - MOST, 'file')} more. Add the bucket in parts to see them.
        </p>
      )}
    </details>
  );
}

function FileFault({ file, fault }: Pick<FileView, 'file' | 'fault'>): ReactElement | null {
  if (fault === null) return null;
  const { title, meaning, next } = faultText(withoutFile(fault));
  return (
    <li>
      <code title={printable(file)}>{placedName(file)}</code>
      <p>
        <b>{title}.</b> {meaning} {next}
      </p>
    </li>
  );
}

/** The file stands beside its sentence, and is not named in it again. */
function withoutFile({ code, details }: Fault): Fault {
  const rest = Object.entries(details).filter(([name]) => name !== 'file');
  return { code, details: Object.fromEntries(rest) };
}
