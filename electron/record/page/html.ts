import { escapeHtml } from '../../engine/bytes/escape-html.ts';

/** Text that is HTML already; only `html` and `trusted` make it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text, which is escaped, or HTML, or a list of it; null leaves nothing. */
export type Part = string | number | null | Html | readonly Html[];

/** Makes HTML of a template, in which every text is escaped: a record may hold whatever someone wrote. */
export function html(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    template.map((piece, i) => piece + (i < parts.length ? written(parts[i] ?? null) : '')).join(''),
  );
}

/** HTML that this program wrote, and in which nothing of a record stands. */
export function trusted(text: string): Html {
  return new Html(text);
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'object') return part.map(({ text }) => text).join('');
  return escapeHtml(String(part));
}
