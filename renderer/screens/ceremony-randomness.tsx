import { useEffect, useRef, useState, type ReactElement } from 'react';

import { DICE_ROLLS } from '../../shared/ceremony.ts';
import { start } from '../app/desk.ts';
import { Layout } from '../parts/layout.tsx';
import { Note } from '../parts/note.tsx';
import { PasswordField, peekPassword, takePassword } from '../parts/password-field.tsx';
import { diceWords, UNEVEN_WORDS } from '../text/ceremony-words.ts';
import type { CeremonyProps } from './ceremony-props.ts';

const FORM = 'ceremony-randomness';
const PAUSE_MS = 300;

/** What the key is made of: the system's randomness, and rolls of a die besides, if they are wanted. */
export function CeremonyRandomnessScreen({ view, desk }: CeremonyProps<'randomness'>): ReactElement {
  const rolls = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [withDice, setWithDice] = useState(false);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
    },
    [],
  );
  const enough = (view.typed?.count ?? 0) >= DICE_ROLLS.least;
  const typed = (): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      const dice = peekPassword(rolls.current);
      start(desk.ask('ceremony.rate-dice', { dice }).finally(() => dice?.fill(0)));
    }, PAUSE_MS);
  };
  const choose = async (): Promise<void> => {
    clearTimeout(timer.current);
    // What was refused can be corrected: the field is emptied only when the step is left.
    const dice = withDice ? peekPassword(rolls.current) : null;
    try {
      if ((await desk.ask('ceremony.choose-randomness', { dice })) !== null)
        takePassword(rolls.current)?.fill(0);
    } finally {
      dice?.fill(0);
    }
  };
  return (
    <Layout
      desk={desk}
      canGoBack
      title="What is the key made of?"
      lead="The randomness of the system is enough where you trust the machine. Rolls of a die are mixed in, and can’t make it weaker."
      status={
        !withDice
          ? 'Next: make the key.'
          : enough
            ? 'Next: make the key. The rolls are not shown again.'
            : `Roll at least ${DICE_ROLLS.least} times; ${DICE_ROLLS.full} are enough for good.`
      }
      main={{
        label: withDice ? 'Use these rolls' : 'Use the system’s randomness',
        form: FORM,
        disabled: withDice && !enough,
      }}
    >
      <form
        id={FORM}
        className="card stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (desk.busy === null && (enough || !withDice)) start(choose());
        }}
      >
        <fieldset className="faults">
          <legend>Randomness</legend>
          {CHOICES.map(({ dice, title, says }) => (
            <label key={title} className="fault-choice">
              <input
                type="radio"
                name="randomness"
                checked={withDice === dice}
                onChange={() => {
                  setWithDice(dice);
                }}
              />
              <span>
                <b>{title}</b>
                <span className="muted">{says}</span>
              </span>
            </label>
          ))}
        </fieldset>
        {withDice && (
          <>
            <PasswordField
              ref={rolls}
              label="Rolls, one digit from 1 to 6 each"
              hint="Type each roll as it falls; blanks don’t matter. They are not shown. Let the witness count."
              onTyped={typed}
            />
            <p className="strength" role="status">
              {view.typed !== null && (
                <>
                  <meter
                    min={0}
                    low={DICE_ROLLS.least}
                    high={DICE_ROLLS.full - 1}
                    optimum={DICE_ROLLS.full}
                    max={DICE_ROLLS.full}
                    value={Math.min(view.typed.count, DICE_ROLLS.full)}
                    aria-label="Rolls so far"
                  />
                  <b>{diceWords(view.typed)}.</b> {leftWords(view.typed.count)}
                </>
              )}
            </p>
          </>
        )}
      </form>
      {withDice && view.typed?.isUneven === true && (
        <Note tone="warn" title="These rolls are uneven">
          <p>{UNEVEN_WORDS}</p>
        </Note>
      )}
    </Layout>
  );
}

const CHOICES = [
  { dice: false, title: 'The system’s', says: 'Drawn by the operating system of this machine.' },
  {
    dice: true,
    title: 'The system’s and a die',
    says: 'Somebody has to know both to know the key. An ordinary die, rolled 100 times, takes some minutes.',
  },
] as const;

function leftWords(count: number): string {
  if (count < DICE_ROLLS.least) return `${DICE_ROLLS.least - count} more at the least.`;
  return count < DICE_ROLLS.full ? `Enough; ${DICE_ROLLS.full - count} more fill it.` : 'Full strength.';
}
