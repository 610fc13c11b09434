import {
  app,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  net,
  powerMonitor,
  protocol,
  session as sessions,
  utilityProcess,
  type BrowserWindow,
} from 'electron';
import { randomBytes } from 'node:crypto';
import { availableParallelism, platform, release } from 'node:os';
import { join } from 'node:path';

import { SESSION_CHANGED } from '../../shared/contract.ts';
import { appHashOfFolder } from '../files/app-hash.ts';
import { PartJournal } from '../files/part-journal.ts';
import { RecordShelf } from '../files/record-shelf.ts';
import { HsmClient } from '../hsm/client.ts';
import { ProofPool } from '../proof-pool/pool.ts';
import { WalletPool } from '../proof-pool/wallet-pool.ts';
import { RecoverySession } from '../session/session.ts';
import { readInterfaces, watchAirGap } from './air-gap.ts';
import type { BootStep } from './boot.ts';
import { bugLine, endOnBugs } from './bugs.ts';
import { callsOf } from './calls.ts';
import { ClipboardGuard } from './clipboard-guard.ts';
import { denyNetwork } from './deny-network.ts';
import { Dialogs } from './dialogs.ts';
import { DroppedFiles } from './dropped-files.ts';
import { SessionEnd } from './end.ts';
import { registerCalls } from './ipc.ts';
import { PARTITION, PRINT_PARTITION, REVEAL_PARTITION, WALLS } from './lockdown.ts';
import { readMachine, watchMachine } from './machine.ts';
import { monotonicMs } from './monotonic.ts';
import { leaveMemoryOutOfDumps } from './memory-risks.ts';
import { readPageFiles, servePage } from './page-files.ts';
import { Printer } from './printer.ts';
import { Refusals } from './refusals.ts';
import { registerReveal } from './reveal-calls.ts';
import { RevealWindow } from './reveal-window.ts';
import { PAGE_URL, registerScheme, type PageHost } from './scheme.ts';
import { StatePusher } from './state-pusher.ts';
import { refuseDebugging, setSwitches } from './switches.ts';
import { after, every } from './timers.ts';
import { refuseDevTools, refuseLeaving } from './web-contents.ts';
import { UnsavedWork } from './unsaved-work.ts';
import { utilityBridge } from './utility-bridge.ts';
import { makeAppWindow, openPrintFrame, openRevealFrame, type WindowSource } from './windows.ts';

const freshBytes = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
const writeError = (line: string): void => void process.stderr.write(line);

/** The app's pages: the session, the host and the folder of each. */
const PAGES: readonly (readonly [partition: string, host: PageHost, folder: string])[] = [
  [PARTITION, 'bundle', 'renderer'],
  [REVEAL_PARTITION, 'reveal', 'reveal'],
];

/**
 * The app in Electron: the parts of this folder, put together. Only this file, `windows.ts`, the preloads and main name
 * Electron's own objects; everything that decides something is a part, and tested as one.
 */
export class Shell {
  readonly #folder: string;
  readonly #refusals = new Refusals(writeError);
  readonly #dropped = new DroppedFiles(freshBytes, monotonicMs);
  readonly #dialogs = new Dialogs({
    open: (options) =>
      this.#window === undefined
        ? Promise.resolve({ canceled: true, filePaths: [] })
        : dialog.showOpenDialog(this.#window, options),
    save: (options) =>
      this.#window === undefined
        ? Promise.resolve({ canceled: true, filePath: '' })
        : dialog.showSaveDialog(this.#window, options),
    box: (options) =>
      this.#window === undefined
        ? dialog.showMessageBox(options)
        : dialog.showMessageBox(this.#window, options),
  });
  readonly #unsaved = new UnsavedWork({
    state: () => this.#session.state,
    ask: () => this.#dialogs.mayLeaveUnsaved(),
  });
  readonly #clipboard = new ClipboardGuard({
    readText: () => clipboard.readText(),
    writeText: (text) => clipboard.writeText(text),
    clear: () => {
      clipboard.clear();
    },
    after,
  });
  readonly #reveal = new RevealWindow({
    open: (lost) => openRevealFrame(this.#windowSource, this.#window, lost),
    clipboard: this.#clipboard,
    elapsedMs: monotonicMs,
    after,
  });
  readonly #printer = new Printer(openPrintFrame);
  readonly #session: RecoverySession;
  #appHash: string | null = null;
  readonly #pusher = new StatePusher(
    () => {
      const contents = this.#window?.webContents;
      if (contents?.isDestroyed() === false) contents.send(SESSION_CHANGED, this.#session.state);
    },
    { after },
  );
  readonly #parts = new PartJournal(join(app.getPath('userData'), 'unfinished.json'));
  #end: SessionEnd | undefined;
  #window: BrowserWindow | undefined;

  /** @param folder that holds the bundles */
  constructor(folder: string) {
    this.#folder = folder;
    const proofs = new ProofPool(join(folder, 'proof-worker.cjs'), Math.max(1, availableParallelism() - 1));
    const shelf = new RecordShelf(join(app.getPath('userData'), 'records'));
    this.#session = new RecoverySession({
      randomBytes: freshBytes,
      proofs,
      wallets: new WalletPool(join(folder, 'wallet-worker.cjs'), Math.max(1, availableParallelism() - 1)),
      hsm: new HsmClient(
        utilityBridge(join(folder, 'hsm-bridge.cjs'), (file) =>
          utilityProcess.fork(file, [], { stdio: 'ignore' }),
        ),
      ),
      reveal: this.#reveal,
      parts: this.#parts,
      ownFolders: [app.getPath('userData'), folder],
      print: this.#printer.print,
      recording: {
        nowMs: Date.now,
        elapsedMs: monotonicMs,
        opening: () => ({
          app: { name: 'app', version: app.getVersion(), hash: this.#appHash },
          system: {
            platform: platform(),
            release: release(),
            runtime: `Electron ${process.versions.electron}`,
          },
        }),
        keep: (name, content) => shelf.keep(name, content),
      },
    });
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
            this.#wipeNow();
          },
          exit: (code) => {
            app.exit(code);
          },
        });
      }),
      step('memory left out of dumps', leaveMemoryOutOfDumps),
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
          raise(sessions.defaultSession, { ownPage: null, devTools }, this.#refusals);
          for (const [partition, ownPage] of [...PAGES, [PRINT_PARTITION, 'print'] as const]) {
            raise(sessions.fromPartition(partition, { cache: false }), { ownPage, devTools }, this.#refusals);
          }
        }),
      ),
      step('page served', () => {
        for (const [partition, host, folder] of PAGES) {
          const files = readPageFiles(join(this.#folder, folder), host);
          servePage(sessions.fromPartition(partition).protocol, files);
        }
        servePage(sessions.fromPartition(PRINT_PARTITION).protocol, this.#printer.files);
      }),
      step('no menu', () => {
        Menu.setApplicationMenu(null);
      }),
      step('power events', () => {
        powerMonitor.on('lock-screen', () => this.#end?.abandoned('screen-lock'));
        powerMonitor.on('suspend', () => this.#end?.abandoned('screen-lock'));
        // Where the machine slept before it could be told: no clock here has counted that time.
        powerMonitor.on('resume', () => this.#end?.abandoned('screen-lock'));
      }),
      step('own hash', async () => {
        this.#appHash = await appHashOfFolder(this.#folder);
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
      step('machine watch', () => {
        watchMachine({
          read: readMachine,
          tell: (machine) => {
            this.#session.machineChanged(machine);
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

  get #windowSource(): WindowSource {
    return { folder: this.#folder, packaged: app.isPackaged };
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
        void this.#clipboard.takeOff().finally(() => {
          app.relaunch();
          app.exit(0);
        });
      },
      elapsedMs: monotonicMs,
      every,
    });
    this.#end = end;
    const quit = (): void => {
      app.quit();
    };
    app.on('before-quit', (event) => {
      // A register is open beside the path, where there is no secret to wipe: nothing that matters waits.
      if (this.#unsaved.holdUp(event, quit)) return;
      end.quitting();
      if (!this.#clipboard.holds) return;
      event.preventDefault();
      void this.#clipboard.takeOff().finally(quit);
    });
    app.on('window-all-closed', quit);
    app.on('render-process-gone', (_event, _contents, { reason }) => {
      if (reason === 'clean-exit') return;
      writeError(`breakglass: the page's process is gone (${reason})\n`);
      this.#wipeNow();
      app.exit(1);
    });
  }

  /** Wipes at once, before an end that waits for nothing. */
  #wipeNow(): void {
    this.#end?.quitting();
    this.#clipboard.takeOffNow();
  }

  #openCalls(): void {
    const gate = {
      onCall: () => this.#end?.touch(),
      onBug: (error: unknown) => {
        writeError(bugLine(error));
      },
      refusals: this.#refusals,
    };
    registerReveal(ipcMain, this.#reveal, gate);
    registerCalls(ipcMain, {
      ...gate,
      calls: callsOf({
        session: this.#session,
        dialogs: this.#dialogs,
        dropped: this.#dropped,
        mayLeave: () => this.#unsaved.mayLeave(),
        endByUser: () => this.#end?.byUser(),
      }),
      dropped: this.#dropped,
      state: () => this.#session.state,
      page: () => this.#window?.webContents,
    });
    this.#session.onChange(() => {
      this.#pusher.changed();
    });
  }

  async #openWindow(): Promise<void> {
    const window = makeAppWindow(this.#windowSource);
    this.#window = window;
    window.on('close', (event) => {
      this.#unsaved.holdUp(event, () => {
        window.close();
      });
    });
    window.once('closed', () => {
      this.#window = undefined;
      this.#reveal.close();
    });
    window.webContents.on('before-input-event', () => this.#end?.touch());
    window.webContents.on('input-event', () => this.#end?.touch());
    await window.loadURL(PAGE_URL);
  }
}
