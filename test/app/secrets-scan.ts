import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';
import { join } from 'node:path';

import type { ElectronApplication, Page } from '@playwright/test';

/** The least of a secret whose bytes are looked for: less is found by chance. */
const LEAST_BYTES = 16;
/** How far into a secret the pieces begin that are looked for as base64: its letters depend on the place. */
const BASE64_PHASES = [0, 1, 2];

/** One thing that must be nowhere, and what it is called in a complaint. */
export interface Secret {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/**
 * What of the secrets is in some bytes: raw, as hex of either case, as base64 of either alphabet, at any of its three
 * places, and all of these as UTF-16 too, as strings are in memory. A piece of a secret counts.
 * @returns the names of what was found
 */
export function secretsIn(haystack: Uint8Array, secrets: readonly Secret[]): readonly string[] {
  const bytes = Buffer.from(haystack.buffer, haystack.byteOffset, haystack.byteLength);
  const folded = Buffer.from(bytes.toString('latin1').toLowerCase(), 'latin1');
  return secrets.flatMap(({ name, bytes: secret }) => {
    if (secret.length < LEAST_BYTES) throw new Error(`${name} is too short to be looked for`);
    const raw = Buffer.from(secret);
    const hex = raw.toString('hex');
    const base64 = BASE64_PHASES.flatMap((phase) => {
      const whole = raw.subarray(phase, phase + Math.floor((raw.length - phase) / 3) * 3);
      return [whole.toString('base64'), whole.toString('base64url')];
    });
    const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
    const found = [
      bytes.includes(raw) && 'raw',
      bytes.includes(utf16(raw.toString('latin1'))) && 'raw in UTF-16',
      (folded.includes(hex) || folded.includes(utf16(hex))) && 'hex',
      base64.some((text) => bytes.includes(text) || bytes.includes(utf16(text))) && 'base64',
    ];
    return found.filter((how) => how !== false).map((how) => `${name} (${how})`);
  });
}

/** Every file below a folder that can be read. */
export function filesBelow(folder: string): readonly { readonly file: string; readonly bytes: Uint8Array }[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      try {
        return [{ file, bytes: new Uint8Array(readFileSync(file)) }];
      } catch {
        // Chromium removes its own files while it runs.
        return [];
      }
    });
}

/** The page's heap, as the developer tools save it, with every string that is in it. */
export async function pageHeap(page: Page): Promise<Uint8Array> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  const { strings } = JSON.parse(chunks.join('')) as { readonly strings: readonly string[] };
  return new Uint8Array(Buffer.from(strings.join('\n')));
}

/** Read at a time, each with the end of the one before: a secret may lie across. */
const CHUNK_BYTES = 1 << 24;
const OVERLAP_BYTES = 1 << 10;

/**
 * What of the secrets is in the writable memory of the page's processes: every byte, freed or not. Undefined where it
 * can't be read: Linux only, as root or the same user.
 * @param appPid the app's main process
 */
export function secretsInPageMemory(
  appPid: number,
  secrets: readonly Secret[],
): readonly string[] | undefined {
  if (process.platform !== 'linux') return undefined;
  const renderers = descendants(appPid).filter((pid) => commandOf(pid).includes('--type=renderer'));
  if (renderers.length === 0) return undefined;
  const found = renderers.flatMap((pid) => secretsInProcess(pid, secrets));
  return [...new Set(found)];
}

function secretsInProcess(pid: number, secrets: readonly Secret[]): readonly string[] {
  const ranges = readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, from = '', to = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line) ?? [];
      return from === '' ? [] : [{ from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) }];
    });
  const found: string[] = [];
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    const chunk = Buffer.alloc(CHUNK_BYTES);
    for (const { from, to } of ranges) {
      for (let at = from; at < to; at += CHUNK_BYTES - OVERLAP_BYTES) {
        const length = readWhatIsThere(memory, chunk, Math.min(CHUNK_BYTES, to - at), at);
        found.push(...secretsIn(chunk.subarray(0, length), secrets));
      }
    }
  } finally {
    closeSync(memory);
  }
  return found;
}

/** @returns how many bytes were read: some ranges, like those of the graphics card, are nobody's to read */
function readWhatIsThere(file: number, into: Buffer, length: number, at: number): number {
  try {
    return readSync(file, into, 0, length, at);
  } catch {
    return 0;
  }
}

/** Whether a process that was started with a folder in its words still runs: those of the app have its data folder. Linux. */
export function runsIn(folder: string): boolean {
  return readdirSync('/proc').some((name) => /^\d+$/.test(name) && commandOf(Number(name)).includes(folder));
}

function descendants(pid: number): readonly number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((each) => parentOf(each) === pid);
  return children.flatMap((child) => [child, ...descendants(child)]);
}

function parentOf(pid: number): number | undefined {
  const parent = /^PPid:\s+(\d+)/m.exec(readIfThere(`/proc/${pid}/status`))?.[1];
  return parent === undefined ? undefined : Number(parent);
}

function commandOf(pid: number): string {
  return readIfThere(`/proc/${pid}/cmdline`);
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Everything that main sends to the page and answers it, from now on. */
export async function recordMessages(electronApp: ElectronApplication): Promise<() => Promise<string>> {
  const log = await electronApp.evaluateHandle(({ BrowserWindow }) => {
    const lines: string[] = [];
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    if (contents === undefined) throw new Error('there is no window');
    const send = contents.send.bind(contents);
    const keep = (what: string, value: unknown): void => {
      lines.push(
        `${what} ${JSON.stringify(value, (_key, each: unknown) =>
          each instanceof Uint8Array ? Buffer.from(each).toString('hex') : each,
        )}`,
      );
    };
    contents.send = (channel: string, ...args: unknown[]): void => {
      keep(channel, args);
      send(channel, ...args);
    };
    return lines;
  });
  return async () => (await log.jsonValue()).join('\n');
}
