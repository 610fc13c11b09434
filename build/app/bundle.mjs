import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import react from '@vitejs/plugin-react';
import { build } from 'vite';

import { onlyNamedBuiltins } from '../cli/builtins.mjs';

/** The bundles that run in Node, by file name. Electron 45 runs Node 24, the stand-in of the tests Node 20. */
const NODE_BUNDLES = {
  'main.cjs': 'electron/main.ts',
  'preload.cjs': 'electron/preload.ts',
  'reveal-preload.cjs': 'electron/reveal-preload.ts',
  'proof-worker.cjs': 'electron/shell/proof-worker.ts',
  'wallet-worker.cjs': 'electron/shell/wallet-worker.ts',
  'hsm-bridge.cjs': 'electron/shell/hsm-bridge.ts',
};

/**
 * Bundles the app into `dist/app`: main, preload, proof worker, wallet worker, HSM bridge and page. Built aside and put there at once, so that no
 * half of an app is ever started.
 * @param {string} root the project's folder
 * @param {string} state name of the sources' state, kept in `dist/app/sources.txt`
 */
export async function bundleApp(root, state) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(root, 'dist', '.app-'));
  try {
    for (const [name, entry] of Object.entries(NODE_BUNDLES)) await bundleNode(root, folder, name, entry);
    await bundlePage(root, 'renderer', join(folder, 'renderer'));
    await bundlePage(root, 'renderer/reveal', join(folder, 'reveal'));
    writeFileSync(join(folder, 'sources.txt'), `${state}\n`);
    chmodSync(folder, 0o755);
    const target = join(root, 'dist', 'app');
    const old = mkdtempSync(join(root, 'dist', '.app-'));
    moveIfThere(target, join(old, 'app'));
    renameSync(folder, target);
    rmSync(old, { recursive: true, force: true });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} folder
 * @param {string} name
 * @param {string} entry
 */
async function bundleNode(root, folder, name, entry) {
  const aside = join(folder, `.${name}`);
  await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [onlyNamedBuiltins(root)],
    ssr: { noExternal: true, external: ['electron'] },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      ssr: entry,
      outDir: aside,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        output: { entryFileNames: name, format: 'cjs', codeSplitting: false, banner: '"use strict";' },
      },
    },
  });
  renameSync(join(aside, name), join(folder, name));
  rmSync(aside, { recursive: true });
}

/**
 * A page: no inline script or style, nothing inlined as a `data:` URL, no polyfill that would fetch.
 * @param {string} root
 * @param {string} page folder of its `index.html`
 * @param {string} outDir
 */
async function bundlePage(root, page, outDir) {
  await build({
    root: join(root, page),
    configFile: false,
    logLevel: 'warn',
    base: './',
    publicDir: false,
    plugins: [onlyNamedBuiltins(root), react()],
    build: {
      outDir,
      emptyOutDir: true,
      target: 'chrome140',
      assetsInlineLimit: 0,
      modulePreload: false,
      reportCompressedSize: false,
      sourcemap: false,
    },
  });
}

/**
 * @param {string} from
 * @param {string} to
 */
function moveIfThere(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ENOENT') throw error;
  }
}
