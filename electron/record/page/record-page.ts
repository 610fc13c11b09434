import { renderSVG } from 'uqr';

import type { RecordReport } from '../../../shared/record-report.ts';
import type { RecordEntry, SessionRecord } from '../../../shared/record.ts';
import { headWords } from '../../engine/words/head-words.ts';
import { entriesOf } from './entries-of.ts';
import { html, trusted, type Html } from './html.ts';
import { table } from './table.ts';
import { files, machine, outputs, people, remarks, stages, steps } from './sections.ts';
import { PAGE_STYLE } from './style.ts';
import { summary } from './summary.ts';
import { buckets, wallets } from './wallets.ts';
import { inFours, MODE_BANDS, MODE_TITLES, timeWords } from './words.ts';

/**
 * A record as a page for people: one HTML file without script, that asks for nothing from elsewhere, to be printed on A4
 * or Letter, in black and white, and signed by hand. All that the record holds is shown as text.
 * Source: docs/record.md, "The page".
 * @param record that `parseRecord` has read, or a recorder's
 * @param report where it was verified, for its signatures
 */
export function recordPage(record: SessionRecord, report?: RecordReport): string {
  const { entries, head } = record;
  const [opened] = entriesOf(entries, 'opened');
  if (opened === undefined) throw new Error('a record starts with its opening');
  const { mode } = opened;
  const last = entries.at(-1)?.time ?? opened.time;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${MODE_TITLES[mode]}, ${opened.time.slice(0, 10)}</title>
        <style>
          ${trusted(PAGE_STYLE)}
        </style>
      </head>
      <body>
        <header>
          <div class="band ${mode === 'live' ? 'live' : 'other'}">
            <span>${MODE_BANDS[mode]}</span><span>Breakglass</span>
          </div>
          <h1>${MODE_TITLES[mode]}</h1>
          <p class="when">
            ${timeWords(opened.time)} to ${timeWords(last)} · ${entries.length}
            entries${entries.at(-1)?.kind === 'closed' ? null : html` · <b>not closed</b>`}
          </p>
        </header>
        <main>
          ${summary(entries)} ${people(entries)} ${headSection(head)} ${machine(entries)} ${files(entries)}
          ${wallets(entries)} ${buckets(entries)} ${steps(entries)} ${outputs(entries)} ${stages(entries)}
          ${remarks(entries)} ${signatures(report)} ${log(entries)}
        </main>
      </body>
    </html> `.text;
}

/** The head, as it is read out, typed and scanned. */
function headSection(head: string): Html {
  const words = headWords(head).map((word, i) => html`<li><b>${i + 1}</b>${word}</li>`);
  return html`<section class="keep sheet">
    <h2>Head of the record</h2>
    <p class="soft">
      These words stand for the whole record: change one bit of it, and they are others. Read them to each
      other, and keep this sheet apart from the file. To check:
      <code>breakglass record verify FILE --head-words "..."</code>
    </p>
    <div class="head">
      <div>
        <code>${inFours(head)}</code>
        <ol class="words">
          ${words}
        </ol>
      </div>
      ${trusted(renderSVG(head, { border: 0 }))}
    </div>
  </section>`;
}

function signatures(report: RecordReport | undefined): readonly Html[] {
  const rows = (report?.checks ?? []).flatMap(({ signature, outcome }) =>
    signature === null
      ? []
      : [
          html`<tr>
            <td>${signature.file}</td>
            <td>${signature.principal ?? ''}<br /><code>${signature.key ?? ''}</code></td>
            <td>${SIGNATURE_WORDS[outcome]}</td>
          </tr>`,
        ],
  );
  if (rows.length === 0) return [];
  return [
    html`<section class="keep">
      <h2>Digital signatures</h2>
      ${table(['File', 'Signer', 'Outcome'], rows)}
    </section>`,
  ];
}

const SIGNATURE_WORDS = {
  passed: '✓ fits this record',
  failed: '✗ does NOT fit this record',
  warning: 'fits; nothing says whose key it is',
  'not-checked': '– not checked',
  'not-reached': '– not reached',
} as const;

/** Every entry by its place; those of single wallets of a bucket stand in their own table. */
function log(entries: readonly RecordEntry[]): Html {
  const rows = entries
    .filter(({ kind }) => kind !== 'bucket-wallet')
    .map(
      ({ index, time, kind, hash }) =>
        html`<tr>
          <td class="number">${index}</td>
          <td class="nowrap">${timeWords(time)}</td>
          <td>${kind}</td>
          <td><code>${inFours(hash.slice(0, 16))} …</code></td>
        </tr>`,
    );
  return html`<section class="log">
    <h2>Entries</h2>
    ${table([{ ofNumbers: 'No.' }, 'Time', 'Kind', 'Hash begins'], rows)}
  </section>`;
}
