import { useEffect, useRef, type ReactElement, type ReactNode } from 'react';

import { start, walletOf, type Desk } from '../app/desk.ts';
import { Button, type ButtonProps } from './button.tsx';
import { FaultNote } from './fault-note.tsx';
import { walletName } from './wallet-states.ts';

/** The one main button of a screen. */
export interface MainAction {
  readonly label: string;
  readonly disabled?: boolean;
  readonly onPress?: () => void;
  /** The id of the form that it sends, in place of `onPress`. */
  readonly form?: string;
}

interface LayoutProps {
  readonly desk: Desk;
  readonly title: string;
  readonly lead: ReactNode;
  readonly children: ReactNode;
  /** What is left to do, or why the main button waits. */
  readonly status: ReactNode;
  readonly main: MainAction | null;
  /** A second button beside the main one. */
  readonly beside?: MainAction | null;
  readonly canGoBack?: boolean;
  /** What going back does, where it is not the session's step back. */
  readonly onBack?: () => void;
  /** False where the screen draws the session's fault itself. */
  readonly showFault?: boolean;
}

/** One card of work: a title that takes the focus, one decision, and the main button at the bottom right. */
export function Layout(props: LayoutProps): ReactElement {
  const {
    desk,
    title,
    lead,
    children,
    status,
    main,
    beside = null,
    canGoBack = false,
    onBack = () => {
      start(desk.ask('session.back', null));
    },
    showFault = true,
  } = props;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <>
      <main className="work">
        <div className="work-column">
          <WalletName desk={desk} />
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          <p className="lead">{lead}</p>
          {showFault && desk.fault !== null && <FaultNote fault={desk.fault} desk={desk} />}
          {children}
        </div>
      </main>
      <footer className="foot">
        {canGoBack && (
          <Button disabled={desk.busy !== null} onPress={onBack}>
            Go back
          </Button>
        )}
        <p className="foot-status" role="status" id="status">
          {status}
        </p>
        {beside !== null && (
          <Button disabled={beside.disabled ?? false} {...whatItDoes(beside)}>
            {beside.label}
          </Button>
        )}
        {main !== null && (
          <Button
            kind="main"
            disabled={(main.disabled ?? false) || desk.busy !== null}
            aria-describedby="status"
            {...whatItDoes(main)}
          >
            {main.label}
          </Button>
        )}
      </footer>
    </>
  );
}

function whatItDoes({ onPress, form }: MainAction): Pick<ButtonProps, 'onPress' | 'form' | 'type'> {
  return form === undefined ? (onPress === undefined ? {} : { onPress }) : { form, type: 'submit' };
}

/** Which wallet this is about, from the moment one is chosen. */
function WalletName({ desk }: { readonly desk: Desk }): ReactElement | null {
  const { stage } = desk.state;
  const wallet = 'wallet' in stage ? walletOf(stage.loaded, stage.wallet) : undefined;
  if (wallet === undefined) return null;
  return (
    <p className="wallet-name-line">
      Wallet <code>{walletName(wallet)}</code>
    </p>
  );
}
