import type { ReactElement } from 'react';

import type { BucketDesk } from '../../shared/bucket-desk.ts';
import { start, type Desk } from '../app/desk.ts';
import { printable } from '../text/details.ts';
import { count } from '../text/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface BucketInputsProps {
  readonly desk: Desk;
  readonly bucket: BucketDesk;
  /** Whether a run has begun, so that this is no longer what the screen is about. */
  readonly folded: boolean;
}

/** What is checked, with which register, and where results are kept. */
export function BucketInputs({ desk, bucket, folded }: BucketInputsProps): ReactElement {
  const { paths, register, registerRows, stateFile } = bucket;
  const disabled = desk.busy !== null;
  const add = (pick: 'files' | 'folder'): void => {
    start(desk.ask('kit.add-by-dialog', { pick }));
  };
  return (
    <section className="card" aria-labelledby="inputs-title">
      <h2 id="inputs-title">{folded ? 'What was checked' : 'What is checked'}</h2>
      <ul className="inputs">
        <li>
          <div>
            <b>Bucket</b>
            {paths.length === 0 ? (
              <span className="muted">
                The folder that holds one folder for each wallet. It can be dropped here.
              </span>
            ) : (
              paths.map((path) => <code key={path}>{printable(path)}</code>)
            )}
          </div>
          <Button
            disabled={disabled}
            onPress={() => {
              add('folder');
            }}
          >
            <Icon name="folder" />
            Add a folder
          </Button>
        </li>
        <li>
          <div>
            <b>Register</b>
            {register === null ? (
              <span className="muted">
                Your offline record: quorum ids, and the addresses to compare with.
              </span>
            ) : (
              <>
                <code>{printable(register)}</code>
                <span className="muted">{count(registerRows, 'wallet')}</span>
              </>
            )}
          </div>
          <Button
            disabled={disabled}
            onPress={() => {
              add('files');
            }}
          >
            <Icon name="file" />
            {register === null ? 'Choose' : 'Choose another'}
          </Button>
        </li>
        <li>
          <div>
            <b>Results file</b>
            {stateFile === null ? (
              <span className="muted">
                Optional. With one, a run that was interrupted goes on where it was. It holds no secret.
              </span>
            ) : (
              <code>{printable(stateFile)}</code>
            )}
          </div>
          <Button
            disabled={disabled}
            onPress={() => {
              start(desk.ask('bucket.keep-results-by-dialog', null));
            }}
          >
            <Icon name="download" />
            {stateFile === null ? 'Keep results' : 'Choose another'}
          </Button>
        </li>
      </ul>
      {paths.length > 0 && (
        <div className="note-foot">
          <Button
            kind="quiet"
            disabled={disabled}
            onPress={() => {
              start(desk.ask('bucket.clear', null));
            }}
          >
            Take all of it off
          </Button>
        </div>
      )}
    </section>
  );
}
