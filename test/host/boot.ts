import Module, { createRequire } from 'node:module';
import { open as openInspector } from 'node:inspector';
import { join, resolve } from 'node:path';

import { app } from './app.ts';
import { electronModule } from './electron-module.ts';
import { recordFault } from './host-log.ts';

/**
 * Speaks Electron's command line, so that Playwright's `_electron.launch()` starts it unchanged:
 * `electron [-r module] [--inspect=0] [--remote-debugging-port=0] [--switch[=value]] <app's folder> [arguments]`.
 */

const ELECTRON_NAMES = new Set(['electron', 'electron/main', 'electron/common']);
const ELECTRON_VERSION = '45.5.0';

interface CommandLineOfElectron {
  readonly preloads: readonly string[];
  readonly switches: readonly string[];
  readonly folder: string;
}

function parse(args: readonly string[]): CommandLineOfElectron {
  const preloads: string[] = [];
  const switches: string[] = [];
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    if (arg === '-r') preloads.push(args[++i] ?? '');
    else if (arg.startsWith('--')) switches.push(arg);
    else return { preloads, switches, folder: resolve(arg) };
  }
  throw new Error('no folder of an app was given');
}

function playElectron(): void {
  const define = (name: string, value: unknown): void => {
    Object.defineProperty(process, name, { value, configurable: true, enumerable: true, writable: true });
  };
  define('versions', { ...process.versions, electron: ELECTRON_VERSION, chrome: '0.0.0-stand-in' });
  define('type', 'browser');
  define('defaultApp', true);
  define('resourcesPath', join(__dirname, 'dist', 'resources'));
  const loader = Module as unknown as { _load: (name: string, ...rest: unknown[]) => unknown };
  const load = loader._load.bind(Module);
  loader._load = (name, ...rest) => (ELECTRON_NAMES.has(name) ? electronModule : load(name, ...rest));
}

const args = process.argv.slice(2);
const { preloads, switches, folder } = parse(args);
process.argv = [join(__dirname, 'dist', 'electron'), ...args];
playElectron();
for (const text of switches) {
  const [, name = '', value = ''] = /^--([^=]+)=?(.*)$/s.exec(text) ?? [];
  app.commandLine.switches.set(name.toLowerCase(), value);
}
if (app.commandLine.hasSwitch('inspect')) openInspector(0, '127.0.0.1');
process.on('unhandledRejection', (error) => {
  recordFault('unhandled rejection in main', error);
});
process.on('uncaughtException', (error) => {
  // Electron shows a dialog and goes on, unless the app has a listener of its own.
  if (process.listenerCount('uncaughtException') === 1) recordFault('uncaught exception in main', error);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    app.quit();
  });
}
for (const file of preloads) createRequire(file)(file);
app.start(folder).catch((error: unknown) => {
  recordFault('the app threw while it was loading', error);
  process.exit(1);
});
