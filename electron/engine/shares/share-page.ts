import { renderSVG } from 'uqr';

import { escapeHtml } from '../bytes/escape-html.ts';
import { SHARE_PAGE_STYLE } from './share-page-style.ts';
import { setName, type CustodianShare } from './share.ts';
import { writeShareLines } from './share-text.ts';

/** So many lines in one QR code: some 800 characters, which a phone or a hand scanner reads from paper. */
const LINES_A_CODE = 20;

/** What stands on a share's page besides the share. */
export interface SharePageFacts {
  /** The custodian's name; undefined leaves a line to write it on. */
  readonly custodian: string | undefined;
  /** SHA-256 of the public key whose private key the share helps to open, lower-case hex; undefined where not known. */
  readonly fingerprintHex: string | undefined;
  /** The fingerprint as words, for reading aloud; undefined leaves them out. */
  readonly fingerprintWords?: readonly string[] | undefined;
}

/**
 * Makes the page of one share: whole by itself, without scripts or anything from elsewhere, to be printed on A4 or
 * Letter. It is a text, which can't be wiped. Source: docs/ceremony.md, "Shares".
 * @param share one custodian's
 * @param facts any text in them is escaped
 */
export function sharePage(share: CustodianShare, facts: SharePageFacts): string {
  const { index, of, needed } = share;
  const title = `Custodian share ${index} of ${of}, set ${setName(share)}`;
  const lines = writeShareLines(share);
  const isLong = lines.length > LINES_A_CODE;
  const written = `<pre class="share${isLong ? ' long' : ''}">${lines.map(escapeHtml).join('\n')}</pre>`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${SHARE_PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<header>',
    `<h1>Custodian share ${index} <span>of ${of}</span></h1>`,
    `<p class="rule">Any <b>${needed}</b> of these <b>${of}</b> shares together open <b>${escapeHtml(opened(share))}</b>. Fewer open nothing.</p>`,
    '</header>',
    factTable(share, facts),
    '<section class="codes">',
    ...codes(lines),
    '</section>',
    ...(isLong ? [] : [written]),
    instructions(lines.length),
    '<footer>',
    '<div><span>Received by (signature)</span></div>',
    '<div><span>Witness (signature)</span></div>',
    '<div><span>Date</span></div>',
    '<div><span>Seal or envelope number</span></div>',
    '</footer>',
    // What is signed stands on the first page, before hundreds of lines.
    ...(isLong ? [written] : []),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/**
 * The lines of the share in a file: those of a page that `sharePage` made, or the file as it is.
 * @param content UTF-8 text
 */
export function shareTextOf(content: string): string {
  return /<pre class="share(?: long)?">([^<]*)<\/pre>/.exec(content)?.[1] ?? content;
}

function opened({ what }: CustodianShare): string {
  switch (what) {
    case 'password':
      return 'the password of the recovery key file';
    case 'file':
      return 'the encrypted recovery key file';
  }
}

function factTable(share: CustodianShare, facts: SharePageFacts): string {
  const fingerprint = facts.fingerprintHex?.match(/.{1,4}/g)?.join(' ');
  const rows: readonly (readonly [string, string | undefined])[] = [
    ['Custodian', facts.custodian ?? ''],
    ['Set', setName(share)],
    ['Recovery key', fingerprint],
    ['In words', facts.fingerprintWords?.join(' ')],
  ];
  const written = rows.flatMap(([name, value]) =>
    value === undefined
      ? []
      : [`<tr><th>${name}</th><td${value === '' ? ' class="blank"' : ''}>${escapeHtml(value)}</td></tr>`],
  );
  return `<table>${written.join('')}</table>`;
}

/** Upper case, digits, colon and blank are what a QR code packs best. Source: ISO/IEC 18004 7.4.4. */
function codes(lines: readonly string[]): readonly string[] {
  return Array.from({ length: Math.ceil(lines.length / LINES_A_CODE) }, (_, i) => {
    const part = lines.slice(i * LINES_A_CODE, (i + 1) * LINES_A_CODE);
    const text = part.map((line) => line.replaceAll(' ', '')).join(' ');
    const first = i * LINES_A_CODE + 1;
    const caption = `Lines ${first} to ${first + part.length - 1}`;
    return `<figure>${renderSVG(text, { ecc: 'M', border: 2 })}<figcaption>${caption}</figcaption></figure>`;
  });
}

function instructions(lines: number): string {
  const steps = [
    'Keep this page where only you get at it, apart from the other shares and from the recovery key file. Do not photograph, scan or copy it outside a recovery.',
    `To use it, scan the code${lines > LINES_A_CODE ? 's in their order' : ''} into a text file on the offline machine, or type the ${lines} lines with their numbers. Upper and lower case are the same. There is no B, and what looks like 1 or I is L, what looks like O is 0.`,
    'The last six characters of each line check that line: a slip is told with its line, and most often with its group.',
    'Then run "breakglass shares combine" with this share and those of other custodians of the same set.',
  ];
  return `<ol>${steps.map((step) => `<li>${escapeHtml(step)}</li>`).join('')}</ol>`;
}
