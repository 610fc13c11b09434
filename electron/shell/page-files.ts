import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, posix } from 'node:path';

import { HEADERS } from './headers.ts';
import { pageUrl, SCHEME, type PageHost } from './scheme.ts';

/** The kinds of file that a page is made of. */
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** One file of the page, in memory. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The files of the page by URL. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** How Electron hands a scheme's requests over. */
export interface SchemeHost {
  handle(scheme: string, handler: (request: { url: string; method: string }) => Response): void;
}

/**
 * Reads every file of the page, once: afterwards no request reaches the disk, so no path can lead anywhere else.
 * Throws when a file is of no known kind, or when there is no page.
 * @param folder of the bundled page
 * @param host that the page is served as
 */
export function readPageFiles(folder: string, host: PageHost): PageFiles {
  const files = new Map<string, PageFile>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) throw new Error(`${entry.name} is no file of a page`);
    const path = file.slice(folder.length).split(/[\\/]/).filter(Boolean);
    const url = `${SCHEME}://${host}${posix.join('/', ...path.map(encodeURIComponent))}`;
    files.set(url, { type, bytes: Uint8Array.from(readFileSync(file)) });
  }
  if (!files.has(pageUrl(host))) throw new Error('the page is missing');
  return files;
}

/** Answers a request from the list; what is not on it, to the letter, does not exist. */
export function answerFrom(files: PageFiles, request: { url: string; method: string }): Response {
  const file = request.method === 'GET' ? files.get(request.url) : undefined;
  if (file === undefined) return new Response(null, { status: 404, headers: HEADERS });
  return new Response(file.bytes, { headers: { ...HEADERS, 'Content-Type': file.type } });
}

/** Serves the page under its scheme. */
export function servePage(host: SchemeHost, files: PageFiles): void {
  host.handle(SCHEME, (request) => answerFrom(files, request));
}
