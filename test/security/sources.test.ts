import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { bugLine, endOnBugs } from '../../electron/shell/bugs.ts';
import { WALLS } from '../../electron/shell/lockdown.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

const sources = ['electron', 'renderer', 'shared'].flatMap((room) =>
  readdirSync(join(ROOT, room), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => `${room}/${name}`),
);

/** What no source may name, and the files that are spared. */
const FORBIDDEN: readonly (readonly [what: RegExp, spared: readonly string[]])[] = [
  [/\bipcMain\b/, ['electron/shell/shell.ts', 'electron/shell/ipc.ts']],
  [/\b(?:ipcRenderer|contextBridge)\b/, ['electron/preload.ts', 'electron/reveal-preload.ts']],
  [/\b(?:crashReporter|autoUpdater|openExternal|openPath|showItemInFolder)\s*[.(]/, []],
  [/\b(?:executeJavaScript|insertCSS|postMessageToFrame|executeInMainWorld)\b/, []],
  [/\bdangerouslySetInnerHTML\b|\.innerHTML\b|\beval\(|new Function\(/, []],
  [/\b(?:localStorage|sessionStorage|indexedDB|document\.cookie)\b/, []],
];

describe('sources', () => {
  it.each(FORBIDDEN)('name nowhere %s, but where it belongs', (what, spared) => {
    const found = sources.filter((file) => !spared.includes(file) && what.test(read(file)));
    expect(found).toEqual([]);
  });
});

describe('boot list', () => {
  const shell = read('electron/shell/shell.ts');
  const list = shell.slice(shell.indexOf('get steps()'));
  const named = [...list.matchAll(/step\('([^']+)'|\.\.\.WALLS/g)].flatMap(([, name]) =>
    name === undefined ? WALLS.map(([wall]) => wall) : [name],
  );

  it('stands in docs/app-security.md, step by step and in order', () => {
    const rows = [...read('docs/app-security.md').matchAll(/^\| +\d+ \| ([^|]+?) +\|/gm)].map(
      ([, name]) => name,
    );
    expect(rows).toEqual(named);
  });

  it('denies the network before anything of Electron, and opens the window last', () => {
    expect(named.indexOf('network denied')).toBeLessThan(named.indexOf('switches'));
    expect(named.indexOf('scheme')).toBeLessThan(named.indexOf('ready'));
    for (const wall of [...WALLS.map(([name]) => name), 'calls', 'air-gap watch']) {
      expect(named.indexOf(wall)).toBeGreaterThan(named.indexOf('ready'));
    }
    expect(named.at(-1)).toBe('window');
  });

  it.each([
    ['electron/main.ts', ['./shell/deny-network-now.ts', './shell/deny-addons-now.ts']],
    ['electron/cli/main.ts', ['../shell/deny-network-now.ts', '../shell/deny-addons-now.ts']],
    ['electron/shell/proof-worker.ts', ['./deny-network-now.ts', './deny-addons-now.ts']],
    ['electron/shell/wallet-worker.ts', ['./deny-network-now.ts', './deny-addons-now.ts']],
    // The bridge loads the addon that speaks to a token.
    ['electron/shell/hsm-bridge.ts', ['./deny-network-now.ts']],
  ])('%s is cut off before any other code runs', (file, denials) => {
    const imports = [...read(file).matchAll(/^import (?:.+ from )?'(.+)'/gm)].map(([, it]) => it);
    expect(imports.slice(0, denials.length)).toEqual(denials);
  });
});

describe('bugs', () => {
  it('are told by kind and place, without what they met', () => {
    const line = bugLine(new TypeError('the key is 0xdeadbeef\nand more'));
    expect(line).toMatch(/TypeError at .*sources\.test/);
    expect(line).not.toMatch(/deadbeef|and more/);
    expect(bugLine('0xdeadbeef')).not.toContain('deadbeef');
  });

  it.each(['uncaughtException', 'unhandledRejection'])(
    '%s: wipes and ends, even when wiping fails',
    (name) => {
      const did: string[] = [];
      const listeners = new Map<string, (error: unknown) => void>();
      endOnBugs({
        on: (event, listener) => listeners.set(event, listener),
        writeError: () => did.push('told'),
        wipe: () => {
          did.push('wiped');
          throw new Error('worse');
        },
        exit: (code) => did.push(`exit ${String(code)}`),
      });
      expect(() => listeners.get(name)?.(new Error('x'))).toThrow('worse');
      expect(did).toEqual(['told', 'wiped', 'exit 1']);
    },
  );
});
