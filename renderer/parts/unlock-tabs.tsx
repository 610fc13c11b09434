import type { ReactElement, ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components/Tabs';

import { walletOf, type ScreenProps } from '../app/desk.ts';
import { shortFingerprint } from '../text/group-text.ts';
import { Icon } from './icon.tsx';

/** What both places of a recovery key are given. */
export interface UnlockTabsProps extends ScreenProps<'unlock' | 'bucket-unlock'> {
  readonly place: 'file' | 'hsm';
  readonly onPlace: (place: 'file' | 'hsm') => void;
}

/** Which key is wanted, and the two places where it may be. */
export function UnlockTabs({
  stage,
  place,
  onPlace,
  children,
}: UnlockTabsProps & { readonly children: ReactNode }): ReactElement {
  const keys = stage.kind === 'unlock' ? (walletOf(stage.loaded, stage.wallet)?.recoveryKeys ?? []) : [];
  return (
    <>
      {keys.length > 0 && (
        <p className="wanted-key">
          <Icon name="key" /> <span>This backup is encrypted to the recovery key</span>{' '}
          <code>{keys.map(shortFingerprint).join(' or ')}</code>
        </p>
      )}
      <Tabs
        className="tabs"
        selectedKey={place}
        onSelectionChange={(key) => {
          onPlace(key === 'hsm' ? 'hsm' : 'file');
        }}
      >
        <TabList aria-label="Where the recovery key is" className="tab-list">
          <Tab id="file" className="tab">
            Recovery key file
          </Tab>
          <Tab id="hsm" className="tab">
            HSM or token
          </Tab>
        </TabList>
        <TabPanel id={place} className="card tab-panel">
          {children}
        </TabPanel>
      </Tabs>
    </>
  );
}
