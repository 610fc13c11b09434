import './shell/deny-network-now.ts';
import './shell/deny-addons-now.ts';

import { app, dialog } from 'electron';

import { boot } from './shell/boot.ts';
import { Shell } from './shell/shell.ts';

/** Starts the app: everything that has to hold, step by step, and the window last. */

void boot(new Shell(import.meta.dirname).steps, {
  isReady: () => app.isReady(),
  showError: (title, text) => {
    dialog.showErrorBox(title, text);
  },
  writeError: (line) => void process.stderr.write(line),
  exit: (code) => {
    app.exit(code);
  },
});
