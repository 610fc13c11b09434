import type { ReactElement } from 'react';

import type { NetworkInterface } from '../../shared/session-state.ts';
import { Icon } from './icon.tsx';

/** Every network interface of the machine by its name, up or down. */
export function InterfaceList({
  interfaces,
}: {
  readonly interfaces: readonly NetworkInterface[];
}): ReactElement {
  if (interfaces.length === 0) return <p className="muted">This machine has no network interface.</p>;
  return (
    <ul className="interfaces">
      {interfaces.map(({ name, up, loopback }) => (
        <li key={name}>
          <code>{name}</code>
          {loopback ? (
            <span className="muted">this machine only</span>
          ) : (
            <span className={`stands ${up ? 'is-warn' : 'is-ok'}`}>
              <Icon name={up ? 'warning' : 'check'} />
              {up ? 'up' : 'down'}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
}
