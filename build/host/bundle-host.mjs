import { chmodSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'vite';

/** The version of Electron that the stand-in says it is; Playwright and the `electron` package read it. */
const ELECTRON_VERSION = '45.5.0';

/**
 * Bundles the tests' stand-in for Electron into `dist/host`: `dist/host/dist` is what `ELECTRON_OVERRIDE_DIST_PATH`
 * names. It never ships. An older one stays in place until the new one is whole.
 * @param {string} root the project's folder
 */
export async function bundleHost(root) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(root, 'dist', '.host-'));
  try {
    await bundleForNode(root, folder, {
      boot: 'test/host/boot.ts',
      guard: 'test/host/guard.ts',
      'utility-boot': 'test/host/utility-boot.ts',
    });
    await bundleForPage(root, folder, 'main-world', 'mainWorld');
    await bundleForPage(root, folder, 'preload-world', 'preloadWorld');
    writeShim(folder);
    replaceFolder(folder, join(root, 'dist', 'host'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Bundles the stand-in's demo app into `dist/host-demo`.
 * @param {string} root the project's folder
 */
export async function bundleHostDemo(root) {
  const folder = mkdtempSync(join(root, 'dist', '.host-demo-'));
  try {
    await bundleForNode(root, folder, {
      main: 'test/host/demo/main.ts',
      preload: 'test/host/demo/preload.ts',
    });
    replaceFolder(folder, join(root, 'dist', 'host-demo'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} root
 * @param {string} outDir
 * @param {Record<string, string>} input entries by name
 */
async function bundleForNode(root, outDir, input) {
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true, external: ['electron'] },
    build: {
      ssr: true,
      outDir,
      target: 'node20',
      minify: false,
      rolldownOptions: {
        input,
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
      },
    },
  });
}

/**
 * @param {string} root
 * @param {string} outDir
 * @param {string} file without its ending, below `test/host/page`
 * @param {string} name of the variable that holds the exports
 */
async function bundleForPage(root, outDir, file, name) {
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: join(outDir, 'page'),
      emptyOutDir: false,
      target: 'esnext',
      minify: false,
      lib: {
        entry: `test/host/page/${file}.ts`,
        name,
        formats: ['iife'],
        fileName: () => `${file}.js`,
      },
    },
  });
}

/**
 * The guard is required by Node itself, so that worker threads and forked processes get it as well.
 * @param {string} folder
 */
function writeShim(folder) {
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'dist', 'version'), ELECTRON_VERSION);
  const shim = join(folder, 'dist', 'electron');
  writeFileSync(
    shim,
    `#!/bin/sh
here="$(dirname "$(readlink -f "$0")")/.."
exec '${process.execPath}' --require "$here/guard.cjs" "$here/boot.cjs" "$@"
`,
  );
  chmodSync(shim, 0o755);
}

/**
 * @param {string} from
 * @param {string} to
 */
function replaceFolder(from, to) {
  const old = `${from}-old`;
  try {
    renameSync(to, old);
  } catch {
    // There was none.
  }
  renameSync(from, to);
  chmodSync(to, 0o755);
  rmSync(old, { recursive: true, force: true });
}
