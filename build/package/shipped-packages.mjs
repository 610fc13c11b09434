import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * One package that the product may hold, from the lockfile.
 * @typedef {object} ShippedPackage
 * @property {string} path in the lockfile, like `node_modules/react`
 * @property {string} name
 * @property {string} version
 * @property {string} license an SPDX expression; `NOASSERTION` where the package states none
 * @property {string | undefined} integrity as npm writes it
 * @property {string[]} dependsOn paths of the shipped packages that it finds when it asks for what it needs
 */

/**
 * @typedef {object} LockEntry
 * @property {string} version
 * @property {string} [name]
 * @property {string} [license]
 * @property {string} [integrity]
 * @property {boolean} [dev]
 * @property {boolean} [peer]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 */

/** Electron is a development package to npm, and yet ships. */
const ELECTRON = 'node_modules/electron';

/**
 * The packages of the lockfile that are no development packages, and Electron.
 * @param {string} root the project's folder
 * @returns {ShippedPackage[]} by path
 */
export function shippedPackages(root) {
  const shipped = shippedEntries(root);
  return [...shipped].map(([path, entry]) => ({
    path,
    name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: entry.version,
    license: entry.license ?? 'NOASSERTION',
    integrity: entry.integrity,
    dependsOn: found(shipped, path, entry),
  }));
}

/**
 * What the project itself needs of the shipped packages.
 * @param {string} root the project's folder
 * @returns {string[]} paths
 */
export function shippedDirectly(root) {
  const { '': project = { version: '' } } = lockedPackages(root);
  return [...found(shippedEntries(root), '', project), ELECTRON].sort();
}

/**
 * @param {string} root
 * @returns {Record<string, LockEntry>}
 */
function lockedPackages(root) {
  /** @type {{ packages: Record<string, LockEntry> }} */
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return packages;
}

/**
 * @param {string} root
 * @returns {Map<string, LockEntry>} by path, in its order
 */
function shippedEntries(root) {
  const entries = Object.entries(lockedPackages(root))
    .filter(([path, { dev }]) => path !== '' && (dev !== true || path === ELECTRON))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(entries);
}

/**
 * Where Node finds what a package asks for: in its own folder, else in one of those above it.
 * @param {ReadonlyMap<string, LockEntry>} shipped
 * @param {string} path of the package that asks; empty for the project
 * @param {LockEntry} entry its own
 * @returns {string[]} paths, sorted
 */
function found(shipped, path, { dependencies, optionalDependencies, peerDependencies }) {
  const folders = [
    '',
    ...path
      .split('/node_modules/')
      .map((_, index, parts) => `${parts.slice(0, index + 1).join('/node_modules/')}/`),
  ].reverse();
  return Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
    .map((name) => folders.map((folder) => `${folder}node_modules/${name}`).find((it) => shipped.has(it)))
    .filter((it) => it !== undefined)
    .sort();
}

const LICENSE_FILE = /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i;

/**
 * The licence texts that have to go along with the bundled packages. Electron brings its own beside its binary.
 * @param {string} root the project's folder, with its packages installed
 * @returns {string}
 */
export function thirdPartyLicenses(root) {
  const parts = shippedPackages(root)
    .filter(({ name }) => name !== 'electron')
    .map(({ path, name, version, license }) => {
      const folder = join(root, path);
      const texts = existsSync(folder)
        ? readdirSync(folder)
            .filter((file) => LICENSE_FILE.test(file))
            .sort()
            .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim())
        : [];
      return [`${name} ${version} (${license})`, ...texts].join('\n\n');
    });
  return `Breakglass holds code of these packages.\n\n${parts.join(`\n\n${'-'.repeat(72)}\n\n`)}\n`;
}
