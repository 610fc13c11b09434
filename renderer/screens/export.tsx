import { useState, type ReactElement } from 'react';

import { missingGuards } from '../../shared/export-guards.ts';
import type { ScreenProps } from '../app/desk.ts';
import { AfterExportScreen } from './export-after.tsx';
import { AcceptUnverifiedScreen, CutOffScreen } from './export-accept.tsx';
import { ConfirmAddressScreen } from './export-address.tsx';
import { ChooseFormatScreen } from './export-format.tsx';
import { AgreeScreen, NamePeopleScreen } from './export-people.tsx';
import { ShowKeyScreen } from './export-show.tsx';
import { WriteFileScreen } from './export-write.tsx';

/** Where the user is, once every guard but the last is met. */
type Place = 'choose' | 'write' | 'show' | 'after';

/** The way out for a key: one decision a screen, the first one that is still open. */
export function ExportScreen(props: ScreenProps<'export'>): ReactElement {
  const { stage, desk } = props;
  const [place, setPlace] = useState<Place>('choose');
  const [renaming, setRenaming] = useState(false);
  const { people, format } = stage.draft;
  const [open] = missingGuards(desk.state, format);
  const choose = (): void => {
    setPlace('choose');
  };
  switch (open) {
    case 'live':
    case 'public-key':
    case 'expected-address':
    case 'typed-address':
      return <ConfirmAddressScreen key="address" {...props} />;
    case 'verified':
      return <AcceptUnverifiedScreen key="verified" {...props} />;
    case 'air-gap':
      return <CutOffScreen key="air-gap" {...props} />;
    case 'second-person':
      return people === null || renaming ? (
        <NamePeopleScreen
          key="people"
          {...props}
          onNamed={() => {
            setRenaming(false);
          }}
        />
      ) : (
        <AgreeScreen
          key="agree"
          {...props}
          onRename={() => {
            setRenaming(true);
          }}
        />
      );
    case 'in-the-clear':
    case undefined:
      break;
  }
  switch (place) {
    case 'choose':
      return <ChooseFormatScreen key="choose" {...props} onPlace={setPlace} />;
    case 'write':
      return (
        <WriteFileScreen
          key="write"
          {...props}
          onBack={choose}
          onWritten={() => {
            setPlace('after');
          }}
        />
      );
    case 'show':
      return (
        <ShowKeyScreen
          key="show"
          {...props}
          onBack={choose}
          onShown={() => {
            setPlace('after');
          }}
        />
      );
    case 'after':
      return <AfterExportScreen key="after" {...props} onMore={choose} />;
  }
}
