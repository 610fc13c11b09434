import { useEffect, type ReactElement, type ReactNode } from 'react';

import type { Mode } from '../../shared/session-state.ts';
import { STEP_NAMES, stepOf } from '../text/steps.ts';
import { MODE_WORDS } from '../text/words.ts';
import type { Desk } from './desk.ts';
import { StepRail } from './step-rail.tsx';
import { TopBar } from './top-bar.tsx';

/** The frame round every screen: the mode in colour, pattern and words, the top bar, and the steps. */
export function Shell({
  desk,
  children,
}: {
  readonly desk: Desk;
  readonly children: ReactNode;
}): ReactElement {
  const { mode, stage } = desk.state;
  const name = mode === null ? '' : `${MODE_WORDS[mode].name} · `;
  const step = STEP_NAMES[stepOf(stage)];
  useEffect(() => {
    document.title = `${name}${step} · Breakglass`;
  }, [name, step]);
  return (
    <div className={`frame frame-${mode ?? 'none'}`}>
      <ModeBand mode={mode} />
      <div className="window">
        <TopBar desk={desk} />
        <StepRail state={desk.state} />
        {children}
      </div>
    </div>
  );
}

function ModeBand({ mode }: { readonly mode: Mode | null }): ReactElement {
  if (mode === null) {
    return (
      <p className="mode-band" role="status">
        <b>No mode chosen yet</b>
      </p>
    );
  }
  const { name, says } = MODE_WORDS[mode];
  return (
    <p className="mode-band" role="status">
      <b>{name}</b> <span className="mode-says">{says}</span>
    </p>
  );
}
