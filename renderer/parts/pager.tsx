import type { ReactElement } from 'react';

import { REGISTER_ROWS_AT_ONCE } from '../../shared/register-desk.ts';
import { Button } from './button.tsx';

interface PagerProps {
  /** What is listed, for the names of the buttons: `rows`. */
  readonly what: string;
  /** From 0. */
  readonly page: number;
  readonly found: number;
  readonly onPage: (page: number) => void;
}

/** Which part of a long list is shown, and the way to the parts beside it; nothing where all of it is. */
export function Pager({ what, page, found, onPage }: PagerProps): ReactElement | null {
  if (found <= REGISTER_ROWS_AT_ONCE) return null;
  const first = page * REGISTER_ROWS_AT_ONCE;
  const last = Math.min(found, first + REGISTER_ROWS_AT_ONCE);
  return (
    <div className="more">
      <Button
        disabled={page === 0}
        aria-label={`Back: ${what}`}
        onPress={() => {
          onPage(page - 1);
        }}
      >
        Back
      </Button>
      <span className="muted" role="status">
        {first + 1} to {last} of {found} {what}
      </span>
      <Button
        disabled={last === found}
        aria-label={`Next: ${what}`}
        onPress={() => {
          onPage(page + 1);
        }}
      >
        Next
      </Button>
    </div>
  );
}
