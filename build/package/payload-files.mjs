import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { listFiles } from './list-files.mjs';
import { waysInMarkup, waysInNode, waysInPage } from './network-scan.mjs';

/**
 * What may stand in the app's asar, and how large it may be. A file that no line here allows stops the build: nothing
 * of the tests, the tools or the development packages gets in by being forgotten.
 */

/** @type {readonly RegExp[]} */
const ALLOWED = [
  /^package\.json$/,
  /^LICENSE$/,
  /^THIRD-PARTY-LICENSES\.txt$/,
  /^dist\/app\/[a-z]+(?:-[a-z]+)*\.cjs$/,
  /^dist\/app\/(?:renderer|reveal)\/index\.html$/,
  /^dist\/app\/(?:renderer|reveal)\/assets\/[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*\.(?:js|css|woff2|svg|png)$/,
];

/** Without these it is not the app. */
export const REQUIRED = [
  'package.json',
  'LICENSE',
  'THIRD-PARTY-LICENSES.txt',
  'dist/app/main.cjs',
  'dist/app/preload.cjs',
  'dist/app/reveal-preload.cjs',
  'dist/app/proof-worker.cjs',
  'dist/app/wallet-worker.cjs',
  'dist/app/hsm-bridge.cjs',
  'dist/app/renderer/index.html',
  'dist/app/reveal/index.html',
];

/** Bytes. Room to grow by a third or so: what is larger was bundled by mistake, or wants a word in a review. */
export const BUDGET = {
  asar: 7_000_000,
  main: 4_000_000,
  page: 1_200_000,
};

/** @type {readonly (readonly [what: string, pattern: RegExp])[]} */
const FORBIDDEN_TEXT = [
  ['a source map', /sourceMappingURL=/],
  ['a test library', /^\/\/ node_modules\/(?:vitest|@playwright|fast-check|@vitest)\//m],
  ['a file of the tests', /^\/\/ test\//m],
];

/**
 * What is wrong with a staged app; nothing when it may be packed.
 * @param {string} folder that is to become the asar
 * @param {readonly string[]} machinePaths folders of this machine that must stand in no file
 * @returns {string[]} complaints
 */
export function complaintsAbout(folder, machinePaths) {
  const files = listFiles(folder);
  const complaints = [
    ...files
      .filter((file) => !ALLOWED.some((pattern) => pattern.test(file)))
      .map((file) => `${file} has no place in the app`),
    ...REQUIRED.filter((file) => !existsSync(join(folder, file))).map((file) => `${file} is missing`),
  ];
  for (const file of files) {
    const text = readFileSync(join(folder, file), 'utf8');
    for (const [what, pattern] of FORBIDDEN_TEXT)
      if (pattern.test(text)) complaints.push(`${file} holds ${what}`);
    for (const path of machinePaths)
      if (text.includes(path)) complaints.push(`${file} names ${path}, a folder of this machine`);
    for (const found of networkIn(file, text))
      complaints.push(`${file} can reach a network or start a process: ${found}`);
  }
  return [...complaints, ...oversized(folder, files)];
}

/** What the command line's package holds, beside what `npm pack` adds: the same for each of its makers. */
const CLI_BUNDLES = ['dist/cli/hsm-bridge.cjs', 'dist/cli/main.js', 'dist/cli/wallet-worker.cjs'];

/**
 * What is wrong with the command line's bundles; nothing when they may be packed.
 * @param {string} folder that is to become the package
 * @returns {string[]} complaints
 */
export function complaintsAboutCli(folder) {
  const files = listFiles(folder, 'dist/cli');
  return [
    ...files
      .filter((file) => !CLI_BUNDLES.includes(file))
      .map((file) => `${file} has no place in the package`),
    ...CLI_BUNDLES.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...CLI_BUNDLES.filter((file) => files.includes(file)).flatMap((file) =>
      waysInNode(readFileSync(join(folder, file), 'utf8'), file.replace(/^dist\//, '')).map(
        (found) => `${file} can reach a network or start a process: ${found}`,
      ),
    ),
  ];
}

/**
 * @param {string} file
 * @param {string} text
 */
function networkIn(file, text) {
  if (file.endsWith('.cjs')) return waysInNode(text, file.replace(/^dist\//, ''));
  if (file.endsWith('.html')) return waysInMarkup(text);
  return file.endsWith('.js') ? waysInPage(text) : [];
}

/**
 * @param {string} folder
 * @param {readonly string[]} files
 */
function oversized(folder, files) {
  /** @param {RegExp} pattern */
  const bytesOf = (pattern) =>
    files
      .filter((file) => pattern.test(file))
      .reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
  /** @type {readonly (readonly [string, number, number])[]} */
  const rows = [
    ['the app', bytesOf(/./), BUDGET.asar],
    ['main.cjs', bytesOf(/^dist\/app\/main\.cjs$/), BUDGET.main],
    ['the page', bytesOf(/^dist\/app\/(?:renderer|reveal)\//), BUDGET.page],
  ];
  return rows
    .filter(([, bytes, limit]) => bytes > limit)
    .map(([what, bytes, limit]) => `${what} has ${bytes} bytes, and its budget is ${limit}`);
}
