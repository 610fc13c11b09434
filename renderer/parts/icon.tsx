import type { ReactElement } from 'react';

/** The lines of each icon, on a grid of 16, one stroke wide. */
const PATHS = {
  check: 'M3 8.5 6.5 12 13 4.5',
  cross: 'M4 4l8 8M12 4l-8 8',
  waiting: 'M8 8h.01',
  running: 'M8 2a6 6 0 1 1-6 6',
  skipped: 'M4 8h8',
  open: 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11M5 11l6-6',
  warning: 'M8 2 15 14H1zM8 6.5v3.5M8 12h.01',
  info: 'M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2M8 7.5V11M8 5h.01',
  shield: 'M8 1.8 13 3.5v4c0 3-2 5.2-5 6.7-3-1.5-5-3.7-5-6.7v-4zM5.7 8l1.7 1.7L10.5 6.5',
  lock: 'M4 7h8v6.5H4zM5.5 7V5a2.5 2.5 0 0 1 5 0v2',
  chevron: 'M3.5 6 8 10.5 12.5 6',
  file: 'M4 1.8h5L12 5v9.2H4zM9 1.8V5h3',
  folder: 'M1.8 3.5h4.5L8 5.2h6.2v7.6H1.8z',
  key: 'M5.5 7.5a3 3 0 1 0 0 1M5.5 8H14M11.5 8v2.5M14 8v2',
  download: 'M8 2v8M4.5 6.8 8 10.3l3.5-3.5M2.5 13.5h11',
  moon: 'M13 9.8A5.6 5.6 0 0 1 6.2 3a5.6 5.6 0 1 0 6.8 6.8z',
  sun: 'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  qr: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h1.5M13.5 9.5v1.5M9.5 13.5h1.5M12.5 13h1',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.5 10.5 14 14',
} as const;

/** The name of one icon. */
export type IconName = keyof typeof PATHS;

/** One icon beside words that say the same; readers of the page by ear don't meet it. */
export function Icon({ name }: { readonly name: IconName }): ReactElement {
  return (
    <svg className={`icon icon-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
