import type { ReactElement, ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';

/** What a button takes. */
export interface ButtonProps {
  /** `main`: the one of a screen; `plain`: beside it; `quiet`: in bars and rows. */
  readonly kind?: 'main' | 'plain' | 'quiet';
  readonly children: ReactNode;
  readonly disabled?: boolean;
  readonly onPress?: () => void;
  readonly type?: 'button' | 'submit';
  /** The id of the form that it sends, when it stands outside of it. */
  readonly form?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-expanded'?: boolean;
  readonly 'aria-describedby'?: string;
}

/** One button; its words begin with a verb. */
export function Button({
  kind = 'plain',
  disabled = false,
  type = 'button',
  ...rest
}: ButtonProps): ReactElement {
  return <AriaButton className={`button button-${kind}`} isDisabled={disabled} type={type} {...rest} />;
}
