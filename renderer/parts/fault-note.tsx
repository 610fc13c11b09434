import type { ReactElement } from 'react';

import { ERROR_CODES, type ErrorCode } from '../../shared/error-codes.ts';
import type { Fault } from '../../shared/recovery-error.ts';
import type { Desk } from '../app/desk.ts';
import { start } from '../app/desk.ts';
import { faultAction } from '../app/fault-actions.ts';
import { said } from '../text/details.ts';
import { faultText } from '../text/faults.ts';
import { Button } from './button.tsx';
import { Note, type Tone } from './note.tsx';

/** What is put right by typing it again. */
const SLIPS: readonly ErrorCode[] = [
  'dice.malformed',
  'dice.count',
  'custodian-share.counts',
  'custodian-share.mistyped',
  'custodian-share.too-few',
  'custodian-share.duplicate',
  'ceremony.people',
  'ceremony.name',
  'ceremony.folder',
];

/** A finding about a backup or a key, or a refusal, is danger; a slip of the hand is not. */
export function toneOf({ code }: Fault): Tone {
  if (code.startsWith('password.') || code.startsWith('pin.') || code === 'label.unknown') return 'warn';
  switch (ERROR_CODES[code]) {
    case 'usage':
      return 'warn';
    case 'ceremony':
      return SLIPS.includes(code) ? 'warn' : 'bad';
    case 'unsupported':
      return code === 'kit.pdkls23' ? 'bad' : 'warn';
    case 'input':
    case 'verification':
    case 'secret':
    case 'hsm':
    case 'guard':
    case 'bug':
      return 'bad';
  }
}

/** `Code label.mismatch · player 2 · index 5`: what to tell someone who helps. */
export function codeLine({ code, details }: Fault): string {
  const places = ['player', 'index', 'field'].map((name) => {
    const value = said(details, name);
    return value === undefined ? '' : ` · ${name} ${value}`;
  });
  return `Code ${code}${places.join('')}`;
}

interface FaultNoteProps {
  readonly fault: Fault;
  readonly desk: Desk;
  /** False where the screen has the button elsewhere. */
  readonly acts?: boolean;
}

/** A fault: what happened, what it means, what to do, and the button that does it. */
export function FaultNote({ fault, desk, acts = true }: FaultNoteProps): ReactElement {
  const { title, meaning, next, action } = faultText(fault);
  const act = action === null || !acts ? null : faultAction(desk, action.does);
  return (
    <Note tone={toneOf(fault)} title={title} urgent>
      <p>{meaning}</p>
      <p>
        <b>What to do:</b> {next}
      </p>
      <div className="note-foot">
        {action !== null && act !== null && (
          <Button
            disabled={desk.busy !== null}
            onPress={() => {
              start(act());
            }}
          >
            {action.label}
          </Button>
        )}
        <span className="code-line">{codeLine(fault)}</span>
      </div>
    </Note>
  );
}
