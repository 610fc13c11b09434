import type { ReactElement, ReactNode } from 'react';

import { Icon, type IconName } from './icon.tsx';

/** How grave a note is; red is for danger only. */
export type Tone = 'plain' | 'ok' | 'warn' | 'bad';

const ICONS: Readonly<Record<Tone, IconName>> = { plain: 'info', ok: 'check', warn: 'warning', bad: 'cross' };

interface NoteProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
  /** Said aloud at once when it appears. */
  readonly urgent?: boolean;
}

/** What happened, in a box of its own: a title, and what it means. */
export function Note({ tone, title, children, urgent = false }: NoteProps): ReactElement {
  return (
    <section className={`note note-${tone}`} role={urgent ? 'alert' : undefined}>
      <span className="note-mark">
        <Icon name={ICONS[tone]} />
      </span>
      <div className="note-body">
        <h2>{title}</h2>
        {children}
      </div>
    </section>
  );
}
