import type { ReactElement } from 'react';

import { start, type Desk } from '../app/desk.ts';
import { Button } from './button.tsx';

/** What can be done beside the path, without mode and secret. */
export function Tools({ desk }: { readonly desk: Desk }): ReactElement {
  return (
    <section className="tools" aria-labelledby="tools-title">
      <h2 id="tools-title">Tools</h2>
      <Button
        kind="quiet"
        disabled={desk.busy !== null}
        onPress={() => {
          start(desk.ask('register.begin', null));
        }}
      >
        Edit a register of wallets
      </Button>
      <Button
        kind="quiet"
        disabled={desk.busy !== null}
        onPress={() => {
          start(desk.ask('record-check.begin', null));
        }}
      >
        Check a record
      </Button>
    </section>
  );
}
