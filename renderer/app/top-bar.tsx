import type { ReactElement } from 'react';

import { leadingOut } from '../../shared/air-gap.ts';
import type { AirGap } from '../../shared/session-state.ts';
import { Button } from '../parts/button.tsx';
import { EndDialog } from '../parts/end-dialog.tsx';
import { Icon } from '../parts/icon.tsx';
import { stepOf } from '../text/steps.ts';
import type { Desk } from './desk.ts';
import { useTheme } from './use-theme.ts';

/** The bar above every screen: the app's name, the air gap in words, the theme, and the way out. */
export function TopBar({ desk }: { readonly desk: Desk }): ReactElement {
  const { airGap, stage } = desk.state;
  const [theme, setTheme] = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <header className="top-bar">
      <b className="brand">Breakglass</b>
      <AirGapWords airGap={airGap} />
      <span className="spring" />
      <Button
        kind="quiet"
        aria-label={`Use the ${other} theme`}
        onPress={() => {
          setTheme(other);
        }}
      >
        <Icon name={theme === 'dark' ? 'sun' : 'moon'} />
      </Button>
      {stepOf(stage) !== 'done' && stepOf(stage) !== 'prepare' && <EndDialog desk={desk} />}
    </header>
  );
}

/** The air gap in a few words, with the names of the interfaces that are up. */
export function airGapWords({ holds, overridden, interfaces }: AirGap): string {
  if (interfaces.length === 0 && !holds) return 'Air gap: looking at the network';
  if (holds) return 'Air gap holds';
  const up = leadingOut(interfaces);
  const names = up.length > 2 ? `${up.slice(0, 2).join(', ')} and ${up.length - 2} more` : up.join(', ');
  return `Air gap open: ${names} up${overridden ? ' · accepted, on record' : ''}`;
}

function AirGapWords({ airGap }: { readonly airGap: AirGap }): ReactElement {
  return (
    <span className={`air-gap ${airGap.holds ? 'is-ok' : 'is-warn'}`} role="status">
      <Icon name={airGap.holds ? 'shield' : 'warning'} />
      {airGapWords(airGap)}
    </span>
  );
}
