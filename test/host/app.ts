import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { startBackstopProxy } from './backstop-proxy.ts';
import { startChromium, stopChromium } from './chromium.ts';
import { recordCall, recordTime } from './host-log.ts';
import { onLastWindowClosed, openWindows } from './lifecycle.ts';
import { ListedEvents, preventable } from './listed-events.ts';
import { endOfSchemeRegistration } from './protocol.ts';
import { sealed, unsupported } from './sealed.ts';
import { attachTargets } from './targets.ts';

const EVENTS = [
  ...['ready', 'window-all-closed', 'web-contents-created', 'second-instance', 'before-quit', 'will-quit'],
  ...['activate', 'child-process-gone', 'render-process-gone'],
];

interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
}

/** `app.commandLine`. */
class CommandLine {
  readonly switches = new Map<string, string>();

  appendSwitch(name: string, value = ''): void {
    this.switches.set(name.toLowerCase(), value);
    recordCall('app.commandLine.appendSwitch', name, value);
  }

  hasSwitch(name: string): boolean {
    return this.switches.has(name.toLowerCase());
  }
}

/** `app`. */
class App extends ListedEvents {
  readonly isPackaged = false;
  readonly commandLine: CommandLine = sealed('app.commandLine', new CommandLine());
  private isAppReady = false;
  private isQuitting = false;
  private folder = '';
  private manifest: Manifest = {};
  private readonly readyPromise: Promise<void>;
  private setReady: () => void = () => undefined;

  constructor() {
    super('app', EVENTS);
    this.readyPromise = new Promise((ready) => {
      this.setReady = ready;
    });
  }

  // Replaced by Playwright's loader, which lets the app go on once it listens.
  whenReady(): Promise<void> {
    return this.readyPromise;
  }

  isReady(): boolean {
    return this.isAppReady;
  }

  getAppPath(): string {
    return this.folder;
  }

  getName(): string {
    return this.manifest.productName ?? this.manifest.name ?? 'Electron';
  }

  getVersion(): string {
    return this.manifest.version ?? '';
  }

  getPath(name: string): string {
    switch (name) {
      case 'userData':
        // The fixture gives every start a folder of its own; the machine's is nobody's to use.
        if (!this.commandLine.hasSwitch('user-data-dir')) unsupported('a start without --user-data-dir');
        return resolve(this.commandLine.switches.get('user-data-dir') ?? '');
      case 'temp':
        return tmpdir();
      case 'exe':
        return process.argv[0] ?? '';
      default:
        return unsupported(`app.getPath('${name}')`);
    }
  }

  enableSandbox(): void {
    recordCall('app.enableSandbox');
  }

  requestSingleInstanceLock(): boolean {
    recordCall('app.requestSingleInstanceLock');
    return true;
  }

  relaunch(options?: object): void {
    recordCall('app.relaunch', options);
  }

  quit(): void {
    if (this.isQuitting) return;
    const before = preventable({});
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.isQuitting = true;
    const areClosed = [...openWindows].every((window) => window.tryClose());
    const will = preventable({});
    if (areClosed) this.emit('will-quit', will);
    if (areClosed && !will.defaultPrevented) this.end(0);
    else this.isQuitting = false;
  }

  exit(code = 0): void {
    recordCall('app.exit', code);
    this.end(code);
  }

  /** Starts what stands in `folder`, then Chromium; for the stand-in's own boot. */
  async start(folder: string): Promise<void> {
    this.folder = folder;
    this.manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
    onLastWindowClosed(() => {
      if (this.isQuitting) return;
      if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed');
      else this.quit();
    });
    // Before the app's own code: it may take every way to a network from this process.
    const proxyPort = await startBackstopProxy();
    const load = createRequire(join(folder, 'package.json'));
    load(join(folder, this.manifest.main ?? 'index.js'));
    await new Promise((next) => setImmediate(next));
    await attachTargets(startChromium(this.getPath('userData'), this.commandLine.switches, proxyPort));
    endOfSchemeRegistration();
    this.isAppReady = true;
    recordTime('ready');
    this.setReady();
    this.emit('ready', {}, {});
  }

  private end(code: number): void {
    this.isQuitting = true;
    void stopChromium().then(() => process.exit(code));
  }
}

/** The app that runs. */
export const app: App = sealed('app', new App());
