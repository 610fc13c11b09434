import { useState, type ReactElement } from 'react';

import type { AddressView } from '../../shared/session-state.ts';
import { Button } from './button.tsx';
import { Grouped } from './grouped.tsx';
import { Icon } from './icon.tsx';
import { QrCode } from './qr-code.tsx';

/** One address: its chain, its characters in groups of four, and its QR code on demand. */
export function AddressLine({ view }: { readonly view: AddressView }): ReactElement {
  const [showsQr, setShowsQr] = useState(false);
  const { chain, format, address, registered } = view;
  return (
    <li className={`address ${registered ? 'address-registered' : ''}`}>
      <div className="address-chain">
        <b>{chain}</b>
        <span className="muted">{format}</span>
        {registered && (
          <span className="tag tag-ok">
            <Icon name="check" />
            as registered
          </span>
        )}
      </div>
      <div className="address-text">
        <Grouped text={address} />
      </div>
      <Button
        kind="quiet"
        aria-label={`${showsQr ? 'Hide' : 'Show'} QR code: ${chain}, ${format}`}
        aria-expanded={showsQr}
        onPress={() => {
          setShowsQr(!showsQr);
        }}
      >
        <Icon name="qr" />
        {showsQr ? 'Hide' : 'QR'}
      </Button>
      {showsQr && (
        <div className="address-qr">
          <QrCode text={address} label={`QR code of the ${chain} address ${address}`} />
        </div>
      )}
    </li>
  );
}
