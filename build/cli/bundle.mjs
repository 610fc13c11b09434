import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'vite';

import { onlyNamedBuiltins } from './builtins.mjs';

/**
 * Bundles the command line into `dist/cli`: `main.js`, `hsm-bridge.cjs`, the process that it starts for an HSM, and
 * `wallet-worker.cjs`, the thread that checks wallets of a bucket. Each
 * is put in place of an older one at once, `main.js` last: a process that starts meanwhile finds the old file or the new
 * one, whole.
 * @param {string} root the project's folder
 * @param {string} state name of the sources' state, written into the first line
 */
export async function bundleCli(root, state) {
  const target = join(root, 'dist', 'cli');
  const folder = mkdtempSync(join(root, 'dist', '.cli-'));
  try {
    await bundle(root, folder, 'electron/shell/hsm-bridge.ts', {
      entryFileNames: 'hsm-bridge.cjs',
      format: 'cjs',
      banner: '"use strict";',
    });
    await bundle(root, folder, 'electron/shell/wallet-worker.ts', {
      entryFileNames: 'wallet-worker.cjs',
      format: 'cjs',
      banner: '"use strict";',
    });
    await bundle(root, folder, 'electron/cli/main.ts', {
      entryFileNames: 'main.js',
      banner: `// sources ${state}`,
    });
    mkdirSync(target, { recursive: true });
    for (const name of ['hsm-bridge.cjs', 'wallet-worker.cjs', 'main.js'])
      renameSync(join(folder, name), join(target, name));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} outDir
 * @param {string} entry
 * @param {import('vite').Rolldown.OutputOptions} output
 */
async function bundle(root, outDir, entry, output) {
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    plugins: [onlyNamedBuiltins(root)],
    ssr: { noExternal: true },
    build: {
      ssr: entry,
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { ...output, codeSplitting: false } },
    },
  });
}
