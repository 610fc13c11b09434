import { createElement } from 'react';
import { renderToString } from 'react-dom/server';

import type { SessionState } from '../../../shared/session-state.ts';
import { Shell } from '../../../renderer/app/shell.tsx';
import { StageScreen } from '../../../renderer/app/stage-screen.tsx';
import type { Desk } from '../../../renderer/app/desk.ts';

/** A desk on which nothing can be asked. */
export function deskOf(state: SessionState, rest: Partial<Desk> = {}): Desk {
  return {
    state,
    fault: state.fault,
    busy: null,
    ask: () => Promise.resolve(state),
    drop: () => Promise.resolve(state),
    marked: null,
    mark: () => undefined,
    ...rest,
  };
}

/** The page of a session as HTML. */
export function pageOf(state: SessionState, rest: Partial<Desk> = {}): string {
  const desk = deskOf(state, rest);
  return renderToString(createElement(Shell, { desk, children: createElement(StageScreen, { desk }) }));
}

/** The words of a page, without its tags. */
export function wordsOf(html: string): string {
  return html
    .replaceAll(/<!--.*?-->/g, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ');
}
