import { isBlank } from './secret-text.ts';

const BEGIN = '-----BEGIN ';
const END = '-----END ';
const DASHES = '-----';
const MAX_BLOCKS = 64;
const MAX_LABEL_LENGTH = 64;
const HEADER = /^([A-Za-z0-9-]{1,32}):[ \t]*([\x20-\x7e]{0,200})$/;

/** One block of a PEM file. Source: RFC 7468 3, with the headers of RFC 1421 4.6. */
export interface PemBlock {
  /** What stands after BEGIN, such as `RSA PRIVATE KEY`. */
  readonly label: string;
  /** Header lines by name; only legacy encryption has any. */
  readonly headers: ReadonlyMap<string, string>;
  /** Base64 text with line breaks, a view into the file. */
  readonly body: Uint8Array;
  /** Whether both the BEGIN and the END line are there. */
  readonly complete: boolean;
}

/** Says whether a text has a BEGIN or an END line, whole or cut. */
export function looksLikePem(text: Uint8Array): boolean {
  const view = viewOf(text);
  return view.includes(BEGIN, 0, 'latin1') || view.includes(END, 0, 'latin1');
}

/**
 * Finds the blocks of a PEM file, with whatever text stands between them. A block without its END, or an END
 * without its BEGIN, is a block that is not complete.
 * @param text ASCII; labels and headers become strings, bodies never do
 */
export function findPemBlocks(text: Uint8Array): readonly PemBlock[] {
  const view = viewOf(text);
  const blocks: PemBlock[] = [];
  let begin = view.indexOf(BEGIN, 0, 'latin1');
  if (begin < 0) return [headlessBlock(view)];
  while (begin >= 0 && blocks.length < MAX_BLOCKS) {
    const next = view.indexOf(BEGIN, begin + BEGIN.length, 'latin1');
    blocks.push(readBlock(view.subarray(begin, next < 0 ? view.length : next)));
    begin = next;
  }
  return blocks;
}

function readBlock(block: Buffer): PemBlock {
  const labelEnd = block.indexOf(DASHES, BEGIN.length, 'latin1');
  const label = labelEnd < 0 ? '' : block.toString('latin1', BEGIN.length, labelEnd);
  if (labelEnd < 0 || label.length > MAX_LABEL_LENGTH) return emptyBlock('');
  const inside = block.subarray(labelEnd + DASHES.length);
  const end = inside.indexOf(`${END}${label}${DASHES}`, 0, 'latin1');
  return { label, complete: end >= 0, ...splitHeaders(end < 0 ? inside : inside.subarray(0, end)) };
}

/** The tail of a block whose BEGIN line is lost, as when only the second screen of a key was copied. */
function headlessBlock(view: Buffer): PemBlock {
  const start = view.indexOf(END, 0, 'latin1') + END.length;
  const stop = view.indexOf(DASHES, start, 'latin1');
  if (stop < 0 || stop - start > MAX_LABEL_LENGTH) return emptyBlock('');
  return emptyBlock(view.toString('latin1', start, stop));
}

function emptyBlock(label: string): PemBlock {
  return { label, headers: new Map(), body: new Uint8Array(0), complete: false };
}

/** Takes header lines off the front. A line with a colon is none of base64, so no part of a key is read here. */
function splitHeaders(inside: Buffer): Pick<PemBlock, 'headers' | 'body'> {
  const headers = new Map<string, string>();
  let offset = 0;
  while (offset < inside.length) {
    while (offset < inside.length && isBlank(inside[offset] ?? 0)) offset += 1;
    const newline = inside.indexOf(0x0a, offset);
    const lineEnd = newline < 0 ? inside.length : newline;
    if (!inside.subarray(offset, lineEnd).includes(0x3a)) break;
    const match = HEADER.exec(inside.toString('latin1', offset, lineEnd).trimEnd());
    if (match?.[1] === undefined || match[2] === undefined) break;
    headers.set(match[1].toLowerCase(), match[2]);
    offset = lineEnd;
  }
  return { headers, body: inside.subarray(offset) };
}

function viewOf(text: Uint8Array): Buffer {
  return Buffer.from(text.buffer, text.byteOffset, text.byteLength);
}
