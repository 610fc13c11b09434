import type { ReactElement } from 'react';

import type { SessionState } from '../../shared/session-state.ts';
import { Icon } from '../parts/icon.tsx';
import { reachedStep, STEP_NAMES, stepOf, stepsOf } from '../text/steps.ts';

/** All steps of the path: which are behind, where you are, what is left. */
export function StepRail({ state }: { readonly state: SessionState }): ReactElement {
  const steps = stepsOf(state);
  const now = stepOf(state.stage);
  const position = steps.indexOf(now);
  const reached = reachedStep(state);
  const last = reached === undefined ? -1 : steps.indexOf(reached);
  return (
    <nav className="rail" aria-label="Steps">
      <p className="rail-short" aria-hidden="true">
        Step {position + 1} of {steps.length}: <b>{STEP_NAMES[now]}</b>
      </p>
      <ol>
        {steps.map((step, i) => {
          // A session that ended early has steps before the last one that nobody was at.
          const stands = i <= last ? 'past' : i === position ? 'now' : 'ahead';
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
              {stands === 'ahead' && i < position && <span className="unseen"> (not reached)</span>}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
