import { Fragment, type ReactElement } from 'react';

import { groupText } from '../text/group-text.ts';

/** A text in groups of four. The gaps are drawn, not written: what is copied has no blanks. */
export function Grouped({ text }: { readonly text: string }): ReactElement {
  return (
    <code className="grouped">
      {groupText(text).map((group, i) => (
        <Fragment key={i}>
          <span className="group">{group}</span>
          <wbr />
        </Fragment>
      ))}
    </code>
  );
}
