import { useRef, type ReactElement } from 'react';

import { Button } from './button.tsx';

/** A question before unsaved changes are left, and the way to put it. */
export interface LeaveQuestion {
  /** Asks, and goes on when the answer is to leave them. */
  readonly ask: (goOn: () => void) => void;
  readonly dialog: ReactElement;
}

/** The question whether changes that are in no file are to be given up. */
export function useLeaveQuestion(): LeaveQuestion {
  const dialog = useRef<HTMLDialogElement>(null);
  const goOn = useRef<() => void>(() => undefined);
  return {
    ask: (then) => {
      goOn.current = then;
      dialog.current?.showModal();
    },
    dialog: (
      <dialog ref={dialog} className="dialog" aria-labelledby="leave-title" aria-describedby="leave-words">
        <h2 id="leave-title">Leave the changes unsaved?</h2>
        <p id="leave-words">
          They are in no file yet, and are gone when you leave. A file that you opened stays as it was.
        </p>
        <div className="dialog-foot">
          <Button
            onPress={() => {
              dialog.current?.close();
              goOn.current();
            }}
          >
            Leave without saving
          </Button>
          <Button onPress={() => dialog.current?.close()}>Go on working</Button>
        </div>
      </dialog>
    ),
  };
}
