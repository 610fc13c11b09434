import type { ReactElement } from 'react';

import { assertNever } from '../../shared/assert-never.ts';
import { canStepBack, isCeremonyWorking } from '../../shared/ceremony.ts';
import type { Desk, ScreenProps } from '../app/desk.ts';
import { Layout } from '../parts/layout.tsx';
import { OpenAirGap } from '../parts/open-air-gap.tsx';
import { CeremonyAgreeScreen } from './ceremony-agree.tsx';
import { CeremonyFilesScreen } from './ceremony-files.tsx';
import { CeremonyKeyScreen } from './ceremony-key.tsx';
import { CeremonyPeopleScreen } from './ceremony-people.tsx';
import { CeremonyRandomnessScreen } from './ceremony-randomness.tsx';
import { CeremonySharesScreen } from './ceremony-shares.tsx';

/** The screen of the step that the ceremony is at; before it, where the machine is connected, what to do about that. */
export function CeremonyScreen({ stage: { ceremony: view }, desk }: ScreenProps<'ceremony'>): ReactElement {
  const { holds, overridden } = desk.state.airGap;
  const isSafe = holds || overridden || view.step === 'people' || view.step === 'agree';
  if (!isSafe && !isCeremonyWorking(view))
    return <CutOffScreen key="air-gap" desk={desk} canGoBack={canStepBack(view)} />;
  switch (view.step) {
    case 'people':
      return <CeremonyPeopleScreen key="people" view={view} desk={desk} />;
    case 'randomness':
      return <CeremonyRandomnessScreen key="randomness" view={view} desk={desk} />;
    case 'key':
      return <CeremonyKeyScreen key="key" view={view} desk={desk} />;
    case 'files':
      return <CeremonyFilesScreen key="files" view={view} desk={desk} />;
    case 'shares':
      return <CeremonySharesScreen key="shares" view={view} desk={desk} />;
    case 'agree':
      return <CeremonyAgreeScreen key="agree" view={view} desk={desk} />;
    default:
      return assertNever(view);
  }
}

function CutOffScreen({
  desk,
  canGoBack,
}: {
  readonly desk: Desk;
  readonly canGoBack: boolean;
}): ReactElement {
  return (
    <Layout
      desk={desk}
      canGoBack={canGoBack}
      title="Cut the machine off first"
      lead="A recovery key is made, written and split only on a machine without any network."
      status="Waiting for the air gap."
      main={{ label: 'Go on', disabled: true }}
    >
      <OpenAirGap desk={desk} />
    </Layout>
  );
}
