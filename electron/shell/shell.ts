import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  net,
  powerMonitor,
  protocol,
  session as sessions,
} from 'electron';
import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

import { SESSION_CHANGED } from '../../shared/contract.ts';
import { ProofPool } from '../proof-pool/pool.ts';
import { RecoverySession } from '../session/session.ts';
import { readInterfaces, watchAirGap } from './air-gap.ts';
import type { BootStep } from './boot.ts';
import { bugLine, endOnBugs } from './bugs.ts';
import { callsOf } from './calls.ts';
import { denyNetwork } from './deny-network.ts';
import { Dialogs } from './dialogs.ts';
import { DroppedFiles } from './dropped-files.ts';
import { SessionEnd } from './end.ts';
import { registerCalls } from './ipc.ts';
import { PARTITION, WALLS } from './lockdown.ts';
import { readPageFiles, servePage } from './page-files.ts';
import { Refusals } from './refusals.ts';
import { PAGE_URL, registerScheme } from './scheme.ts';
import { StatePusher } from './state-pusher.ts';
import { refuseDebugging, setSwitches } from './switches.ts';
import { refuseDevTools, refuseLeaving } from './web-contents.ts';
import { windowOptions } from './window.ts';

const freshBytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const writeError = (line: string): void => void process.stderr.write(line);
const every = (work: () => void, intervalMs: number): (() => void) => {
  const timer = setInterval(work, intervalMs);
  return () => {
    clearInterval(timer);
  };
};

/**
 * The app in Electron: the parts of this folder, put together. Only this file, preload and main name Electron's own
 * objects; everything that decides something is a part, and tested as one.
 */
export class Shell {
  readonly #folder: string;
  readonly #refusals = new Refusals(writeError);
  readonly #dropped = new DroppedFiles(freshBytes, Date.now);
  readonly #dialogs = new Dialogs((options) =>
    this.#window === undefined
      ? Promise.resolve({ canceled: true, filePaths: [] })
      : dialog.showOpenDialog(this.#window, options),
  );
  readonly #session: RecoverySession;
  readonly #pusher = new StatePusher(
    () => {
      const contents = this.#window?.webContents;
      if (contents?.isDestroyed() === false) contents.send(SESSION_CHANGED, this.#session.state);
    },
    { after: (work, delayMs) => setTimeout(work, delayMs) },
  );
  #end: SessionEnd | undefined;
  #window: BrowserWindow | undefined;

  /** @param folder that holds the bundles */
  constructor(folder: string) {
    this.#folder = folder;
    const proofs = new ProofPool(join(folder, 'proof-worker.cjs'), Math.max(1, availableParallelism() - 1));
    this.#session = new RecoverySession({ randomBytes: freshBytes, proofs });
  }

  /** Everything that has to hold before the page is shown, in order. docs/app-security.md says what each stops. */
  get steps(): readonly BootStep[] {
    const step = (name: string, run: () => void | Promise<void>): BootStep => ({ name, run });
    return [
      step('bugs end the app', () => {
        endOnBugs({
          on: (event, listener) => process.on(event, listener),
          writeError,
          wipe: () => {
            this.#end?.quitting();
          },
          exit: (code) => {
            app.exit(code);
          },
        });
      }),
      step('network denied', () => {
        denyNetwork(net);
      }),
      step('debugging refused', () => {
        refuseDebugging(app.commandLine, app.isPackaged);
      }),
      step('switches', () => {
        setSwitches(app.commandLine);
      }),
      step('sandbox', () => {
        app.enableSandbox();
      }),
      step('single instance', () => {
        this.#beOnlyOne();
      }),
      step('scheme', () => {
        registerScheme(protocol);
      }),
      step('pages kept in place', () => {
        app.on('web-contents-created', (_event, contents) => {
          refuseLeaving(contents, this.#refusals);
          if (app.isPackaged) refuseDevTools(contents);
        });
      }),
      step('end of session', () => {
        this.#watchForEnd();
      }),
      step('ready', () => app.whenReady()),
      ...WALLS.map(([name, raise]) =>
        step(name, () => {
          const devTools = !app.isPackaged;
          raise(sessions.defaultSession, { ownPages: false, devTools }, this.#refusals);
          raise(
            sessions.fromPartition(PARTITION, { cache: false }),
            { ownPages: true, devTools },
            this.#refusals,
          );
        }),
      ),
      step('page served', () => {
        const files = readPageFiles(join(this.#folder, 'renderer'));
        servePage(sessions.fromPartition(PARTITION).protocol, files);
      }),
      step('no menu', () => {
        Menu.setApplicationMenu(null);
      }),
      step('power events', () => {
        powerMonitor.on('lock-screen', () => this.#end?.abandoned('screen-lock'));
        powerMonitor.on('suspend', () => this.#end?.abandoned('screen-lock'));
      }),
      step('air-gap watch', () => {
        watchAirGap({
          read: readInterfaces,
          tell: (interfaces) => {
            this.#session.airGapChanged(interfaces);
          },
          every,
        });
      }),
      step('calls', () => {
        this.#openCalls();
      }),
      step('window', () => this.#openWindow()),
    ];
  }

  #beOnlyOne(): void {
    if (!app.requestSingleInstanceLock()) throw new Error('it is open already');
    app.on('second-instance', () => {
      if (this.#window?.isMinimized() === true) this.#window.restore();
      this.#window?.focus();
    });
  }

  #watchForEnd(): void {
    const end = new SessionEnd({
      session: this.#session,
      restart: () => {
        app.relaunch();
        app.exit(0);
      },
      nowMs: Date.now,
      every,
    });
    this.#end = end;
    app.on('before-quit', () => {
      end.quitting();
    });
    app.on('window-all-closed', () => {
      app.quit();
    });
    app.on('render-process-gone', (_event, _contents, { reason }) => {
      if (reason === 'clean-exit') return;
      writeError(`breakglass: the page's process is gone (${reason})\n`);
      end.quitting();
      app.exit(1);
    });
  }

  #openCalls(): void {
    registerCalls(ipcMain, {
      calls: callsOf({
        session: this.#session,
        dialogs: this.#dialogs,
        dropped: this.#dropped,
        endByUser: () => this.#end?.byUser(),
      }),
      dropped: this.#dropped,
      state: () => this.#session.state,
      page: () => this.#window?.webContents,
      onCall: () => this.#end?.touch(),
      onBug: (error) => {
        writeError(bugLine(error));
      },
      refusals: this.#refusals,
    });
    this.#session.onChange(() => {
      this.#pusher.changed();
    });
  }

  async #openWindow(): Promise<void> {
    const window = new BrowserWindow(
      windowOptions({
        session: sessions.fromPartition(PARTITION),
        preload: join(this.#folder, 'preload.cjs'),
        packaged: app.isPackaged,
      }),
    );
    this.#window = window;
    window.setContentProtection(true);
    window.once('ready-to-show', () => {
      window.show();
    });
    window.once('closed', () => {
      this.#window = undefined;
    });
    window.webContents.on('before-input-event', () => this.#end?.touch());
    window.webContents.on('input-event', () => this.#end?.touch());
    await window.loadURL(PAGE_URL);
  }
}
