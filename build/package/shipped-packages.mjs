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
 */

/**
 * @typedef {object} LockEntry
 * @property {string} version
 * @property {string} [name]
 * @property {string} [license]
 * @property {string} [integrity]
 * @property {boolean} [dev]
 * @property {boolean} [peer]
 */

/**
 * The packages of the lockfile that are no development packages, and Electron, which is one to npm and yet ships.
 * @param {string} root the project's folder
 * @returns {ShippedPackage[]} by path
 */
export function shippedPackages(root) {
  /** @type {{ packages: Record<string, LockEntry> }} */
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && (dev !== true || path === 'node_modules/electron'))
    .map(([path, entry]) => ({
      path,
      name: entry.name ?? path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version: entry.version,
      license: entry.license ?? 'NOASSERTION',
      integrity: entry.integrity,
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
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
