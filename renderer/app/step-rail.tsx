import type { ReactElement } from 'react';

import type { SessionState } from '../../shared/session-state.ts';
import { Icon } from '../parts/icon.tsx';
import { STEP_NAMES, stepOf, stepsOf } from '../text/steps.ts';

/** All steps of the path: which are behind, where you are, what is left. */
export function StepRail({ state }: { readonly state: SessionState }): ReactElement {
  const steps = stepsOf(state);
  const now = stepOf(state.stage);
  const position = steps.indexOf(now);
  return (
    <nav className="rail" aria-label="Steps">
      <p className="rail-short" aria-hidden="true">
        Step {position + 1} of {steps.length}: <b>{STEP_NAMES[now]}</b>
      </p>
      <ol>
        {steps.map((step, i) => {
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
