import type { ReactElement } from 'react';

import { Shell } from './shell.tsx';
import { StageScreen } from './stage-screen.tsx';
import { useSession } from './use-session.ts';

/** The whole page: nothing until the session is known, then the frame and the screen of its stage. */
export function App(): ReactElement {
  const desk = useSession();
  if (desk === null) return <p className="starting">Starting…</p>;
  return (
    <Shell desk={desk}>
      <StageScreen key={desk.state.stage.kind} desk={desk} />
    </Shell>
  );
}
