import type { ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, type Locator, type Page } from '@playwright/test';

import { HOST_LOG_VARIABLE, readHostLog, type HostLog } from '../host/log-format.ts';
import { chooseHost, whatIsMissing, type HostName } from '../host/which-host.ts';
import { projectRoot } from '../project-root.ts';

/** What the specs run on. Playwright finds the binary through the `electron` package, and that through a variable. */
export const hostName: HostName = chooseHost();

const START_TIMEOUT_MS = 30_000;
const CLOSE_TIMEOUT_MS = 10_000;

/** A native dialog that a spec answers. */
type Dialog = 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox';

/** What a spec says about the app that it starts. */
interface Options {
  /** The folder whose `package.json` names the app's main: the project's, unless a spec says otherwise. */
  readonly appFolder: string;
  /** What follows the folder on the command line. */
  readonly appArgs: readonly string[];
}

/** What a spec gets. */
interface Fixtures {
  /** A place that is gone after the spec: `userData` and `TMPDIR` of the app, files of the spec. */
  readonly folder: string;
  readonly electronApp: ElectronApplication;
  readonly page: Page;
  /** What the stand-in saw so far. Empty on Electron itself: ask `hostName` before drawing conclusions from nothing. */
  readonly hostLog: () => HostLog;
  /** Drops files on an element as the system would, so that `webUtils.getPathForFile` knows them. */
  readonly dropFiles: (target: Locator, files: readonly string[]) => Promise<void>;
  /** Answers every dialog of a kind from now on. @returns the options that the app showed them with, so far */
  readonly stubDialog: (kind: Dialog, result: object) => Promise<() => Promise<readonly unknown[]>>;
  /** The page's URL as main has it; what the page and Playwright have is the stand-in's translation. */
  readonly appUrl: () => Promise<string>;
  /** Says that the page's console will show errors that match: what a spec provokes is no failure. */
  readonly expectConsoleErrors: (...patterns: readonly RegExp[]) => void;
}

/** Errors in the page, and which of them the spec has announced. */
interface PageErrors {
  readonly seen: Set<string>;
  readonly expected: RegExp[];
}

/** Playwright's `test` with the app in it. A leak, an unsupported call or an error that nobody handled fails it. */
export const test = base.extend<Options & Fixtures & { readonly pageErrors: PageErrors }>({
  appFolder: [projectRoot, { option: true }],
  appArgs: [[], { option: true }],
  // eslint-disable-next-line no-empty-pattern -- Playwright reads the names out of it
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'breakglass-app-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  // eslint-disable-next-line no-empty-pattern -- as above
  pageErrors: async ({}, use) => {
    await use({ seen: new Set(), expected: [] });
  },
  electronApp: async ({ appFolder, appArgs, folder, hostLog, pageErrors }, use) => {
    const missing = whatIsMissing();
    base.skip(missing !== undefined, missing ?? '');
    const app = await launch(appFolder, appArgs, folder);
    const child = app.process();
    app.context().on('weberror', (error) => pageErrors.seen.add(error.error().message));
    app.context().on('console', (message) => {
      if (message.type() === 'error') pageErrors.seen.add(message.text());
    });
    await use(app);
    for (const page of app.windows()) await collectErrors(page, pageErrors.seen);
    await close(app, child);
    const faults = [...faultsOf(hostLog()), ...unexpected(pageErrors)];
    if (faults.length > 0) throw new Error(`The app did what it must not:\n${faults.join('\n')}`);
  },
  page: async ({ electronApp }, use) => {
    const page = await electronApp.firstWindow();
    // The window is there before the app has loaded its page into it.
    await page.waitForURL(({ protocol }) => protocol !== 'about:');
    await use(page);
  },
  hostLog: async ({ folder }, use) => {
    await use(() => readHostLog(logFile(folder)));
  },
  dropFiles: async ({ page }, use) => {
    await use(async (target, files) => {
      await target.scrollIntoViewIfNeeded();
      const box = await target.boundingBox();
      if (box === null) throw new Error('nothing to drop on');
      const point = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
      const data = { items: [], files: [...files], dragOperationsMask: 1 };
      const session = await page.context().newCDPSession(page);
      for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
        await session.send('Input.dispatchDragEvent', { type, ...point, data });
      }
      await session.detach();
    });
  },
  stubDialog: async ({ electronApp }, use) => {
    await use(async (kind, result) => {
      const shown = await electronApp.evaluateHandle(
        ({ dialog }, [name, answer]) => {
          const options: unknown[] = [];
          const stub = (...args: unknown[]): Promise<object> => {
            options.push(args.at(-1));
            return Promise.resolve(answer);
          };
          Object.assign(dialog, { [name]: stub });
          return options;
        },
        [kind, result] as const,
      );
      return () => shown.jsonValue();
    });
  },
  appUrl: async ({ electronApp }, use) => {
    await use(() =>
      electronApp.evaluate(
        ({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL() ?? '',
      ),
    );
  },
  expectConsoleErrors: async ({ pageErrors }, use) => {
    await use((...patterns) => pageErrors.expected.push(...patterns));
  },
});

const logFile = (folder: string): string => join(folder, 'host.jsonl');

function launch(appFolder: string, appArgs: readonly string[], folder: string): Promise<ElectronApplication> {
  const temporary = join(folder, 'tmp');
  mkdirSync(temporary);
  const env = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
  );
  return _electron.launch({
    args: [`--user-data-dir=${join(folder, 'user-data')}`, appFolder, ...appArgs],
    env: { ...Object.fromEntries(env), TMPDIR: temporary, [HOST_LOG_VARIABLE]: logFile(folder) },
    timeout: START_TIMEOUT_MS,
  });
}

/** What the page's console kept from before anybody listened. */
async function collectErrors(page: Page, seen: Set<string>): Promise<void> {
  const [messages, errors] = await Promise.all([page.consoleMessages(), page.pageErrors()]).catch(
    // A page that has closed meanwhile has told what it had to tell.
    () => [[], []],
  );
  for (const message of messages) if (message.type() === 'error') seen.add(message.text());
  for (const error of errors) seen.add(error.message);
}

/** Closes the app; an app that does not close is killed, and that is a failure as well. */
async function close(app: ElectronApplication, child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const late = new AbortController();
  const killer = setTimeout(() => {
    late.abort();
    child.kill('SIGKILL');
  }, CLOSE_TIMEOUT_MS);
  await app.close().catch(() => undefined);
  clearTimeout(killer);
  if (late.signal.aborted) throw new Error(`the app did not quit in ${CLOSE_TIMEOUT_MS} ms`);
}

function faultsOf(log: HostLog): readonly string[] {
  return [
    ...log.of('leak').map(({ url, via }) => `let out ${url} (${via})`),
    ...log.of('unsupported').map(({ name }) => `unsupported: ${name}`),
    ...log.of('fault').map(({ message }) => message),
  ];
}

function unexpected({ seen, expected }: PageErrors): readonly string[] {
  return [...seen]
    .filter((text) => !expected.some((pattern) => pattern.test(text)))
    .map((text) => `error in the page: ${text}`);
}
