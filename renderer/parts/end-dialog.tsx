import { useRef, type ReactElement } from 'react';

import { start, type Desk } from '../app/desk.ts';
import { Button } from './button.tsx';

/** The way out of every screen: one question, then everything is wiped. */
export function EndDialog({ desk }: { readonly desk: Desk }): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  return (
    <>
      <Button onPress={() => dialog.current?.showModal()}>End and wipe</Button>
      <dialog ref={dialog} className="dialog" aria-labelledby="end-title" aria-describedby="end-words">
        <h2 id="end-title">End this session?</h2>
        <p id="end-words">
          Everything that was rebuilt or typed is wiped from memory. Your files stay as they are, and you can
          start over at any time.
        </p>
        <div className="dialog-foot">
          <Button onPress={() => dialog.current?.close()}>Go on working</Button>
          <Button
            kind="main"
            onPress={() => {
              dialog.current?.close();
              start(desk.ask('session.end', null));
            }}
          >
            End and wipe now
          </Button>
        </div>
      </dialog>
    </>
  );
}
