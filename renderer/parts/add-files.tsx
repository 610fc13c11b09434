import type { ReactElement } from 'react';

import type { Loaded } from '../../shared/session-state.ts';
import { start, type Desk } from '../app/desk.ts';
import { fileName } from '../text/details.ts';
import { count } from '../text/words.ts';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';

interface AddProps {
  readonly desk: Desk;
  readonly loading: boolean;
}

function AddButtons({ desk, disabled }: { readonly desk: Desk; readonly disabled: boolean }): ReactElement {
  const add = (pick: 'files' | 'folder') => () => {
    start(desk.ask('kit.add-by-dialog', { pick }));
  };
  return (
    <span className="button-row">
      <Button disabled={disabled} onPress={add('files')}>
        <Icon name="file" />
        Add files
      </Button>
      <Button disabled={disabled} onPress={add('folder')}>
        <Icon name="folder" />
        Add folder
      </Button>
    </span>
  );
}

/** The place to drop files while there are none yet. */
export function EmptyDrop({ desk, loading }: AddProps): ReactElement {
  return (
    <div className="drop-zone">
      <Icon name="download" />
      <p className="drop-words">{loading ? 'Reading the files…' : 'Drop a folder or files here'}</p>
      <AddButtons desk={desk} disabled={loading || desk.busy !== null} />
      <p className="hint">
        Recovery kits (recovery_shard files), raw ERS files, and the register of wallets (CSV).
      </p>
    </div>
  );
}

/** What was added so far, in a line, and the buttons for more. */
export function AddMore({ desk, loaded, loading }: AddProps & { readonly loaded: Loaded }): ReactElement {
  const kits = loaded.files.filter(({ kind }) => kind === 'kit').length;
  const other = loaded.files.filter(({ kind }) => kind === 'other').length;
  const register = loaded.register === null ? 'no register' : fileName(loaded.register);
  return (
    <div className="add-more">
      <p>
        {loading ? 'Reading the files…' : `${count(kits, 'kit file')}, ${register}`}
        {other > 0 && !loading && `, ${count(other, 'other file')} left aside`}
      </p>
      <span className="spring" />
      <AddButtons desk={desk} disabled={loading || desk.busy !== null} />
    </div>
  );
}
