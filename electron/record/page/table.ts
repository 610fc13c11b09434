import { html, type Html } from './html.ts';

/** The heading of one column; that of numbers stands to the right, as they do. */
export type Heading = string | { readonly ofNumbers: string };

/** A table of rows, each a `tr`, under its headings. */
export function table(headings: readonly Heading[], rows: readonly Html[]): Html {
  const heads = headings.map((heading) =>
    typeof heading === 'string'
      ? html`<th>${heading}</th>`
      : html`<th class="number">${heading.ofNumbers}</th>`,
  );
  return html`<table>
    <thead>
      <tr>
        ${heads}
      </tr>
    </thead>
    <tbody>
      ${rows}
    </tbody>
  </table>`;
}
