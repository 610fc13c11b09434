import type { ReactElement } from 'react';

import { assertNever } from '../../shared/assert-never.ts';
import { AddressesScreen } from '../screens/addresses.tsx';
import { BucketScreen } from '../screens/bucket.tsx';
import { CeremonyScreen } from '../screens/ceremony.tsx';
import { DoneScreen } from '../screens/done.tsx';
import { ExportScreen } from '../screens/export.tsx';
import { LoadScreen } from '../screens/load.tsx';
import { PrepareScreen } from '../screens/prepare.tsx';
import { ReconstructScreen } from '../screens/reconstruct.tsx';
import { RecordCheckScreen } from '../screens/record-check.tsx';
import { RegisterScreen } from '../screens/register.tsx';
import { RehearsalScreen } from '../screens/rehearsal.tsx';
import { UnlockScreen } from '../screens/unlock.tsx';
import { VerifyScreen } from '../screens/verify.tsx';
import type { Desk } from './desk.ts';

/** The screen of the stage that the session is in. */
export function StageScreen({ desk }: { readonly desk: Desk }): ReactElement {
  const { stage } = desk.state;
  switch (stage.kind) {
    case 'prepare':
      return <PrepareScreen stage={stage} desk={desk} />;
    case 'register':
      return <RegisterScreen stage={stage} desk={desk} />;
    case 'record-check':
      return <RecordCheckScreen stage={stage} desk={desk} />;
    case 'load':
      return <LoadScreen stage={stage} desk={desk} />;
    case 'rehearsal':
      return <RehearsalScreen stage={stage} desk={desk} />;
    case 'bucket':
      return <BucketScreen stage={stage} desk={desk} />;
    case 'bucket-unlock':
      return <UnlockScreen stage={stage} desk={desk} />;
    case 'verify':
      return <VerifyScreen stage={stage} desk={desk} />;
    case 'unlock':
      return <UnlockScreen stage={stage} desk={desk} />;
    case 'reconstruct':
      return <ReconstructScreen stage={stage} desk={desk} />;
    case 'addresses':
      return <AddressesScreen stage={stage} desk={desk} />;
    case 'export':
      return <ExportScreen stage={stage} desk={desk} />;
    case 'ceremony':
      return <CeremonyScreen stage={stage} desk={desk} />;
    case 'done':
      return <DoneScreen stage={stage} desk={desk} />;
    default:
      return assertNever(stage);
  }
}
