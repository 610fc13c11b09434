import type { ReactElement } from 'react';

import type { Stage } from '../../shared/session-state.ts';
import { Icon } from '../parts/icon.tsx';
import { STEP_NAMES, STEPS } from '../text/words.ts';

/** All steps of the path: which are behind, where you are, what is left. */
export function StepRail({ now }: { readonly now: Stage['kind'] }): ReactElement {
  const position = STEPS.indexOf(now);
  return (
    <nav className="rail" aria-label="Steps">
      <p className="rail-short" aria-hidden="true">
        Step {position + 1} of {STEPS.length}: <b>{STEP_NAMES[now]}</b>
      </p>
      <ol>
        {STEPS.map((step, i) => {
          const stands = i < position ? 'past' : i === position ? 'now' : 'ahead';
          return (
            <li
              key={step}
              className={`step step-${stands}`}
              aria-current={stands === 'now' ? 'step' : undefined}
            >
              <span className="step-mark" aria-hidden="true">
                {stands === 'past' ? <Icon name="check" /> : i + 1}
              </span>
              {STEP_NAMES[step]}
              {stands === 'past' && <span className="unseen"> (done)</span>}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
