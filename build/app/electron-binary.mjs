import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const PACKAGE = 'electron/package.json';

/**
 * Where Electron's binary is, without starting the download that `require('electron')` starts when it is missing.
 * The same rules as in the package's own `index.js`.
 * @param {string} root the project's folder
 * @param {NodeJS.ProcessEnv} env
 * @returns {{ version: string, binary: string | undefined }}
 */
export function findElectron(root, env) {
  const manifest = createRequire(join(root, 'package.json')).resolve(PACKAGE);
  const folder = dirname(manifest);
  const { version } = /** @type {{ version: string }} */ (JSON.parse(readFileSync(manifest, 'utf8')));
  const pathFile = join(folder, 'path.txt');
  const named = existsSync(pathFile) ? readFileSync(pathFile, 'utf8') : undefined;
  const override = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override !== undefined && override !== '') {
    return { version, binary: ifThere(join(override, named ?? 'electron')) };
  }
  return { version, binary: named === undefined ? undefined : ifThere(join(folder, 'dist', named)) };
}

/** @param {string} file */
function ifThere(file) {
  return existsSync(file) ? file : undefined;
}

/**
 * One screen: how to get the binary, and what works without it.
 * @param {string} version of Electron
 * @param {string} platform like `linux-x64`
 * @param {string | undefined} override what ELECTRON_OVERRIDE_DIST_PATH says, where no binary was found
 * @returns {string}
 */
export function binaryMissing(version, platform, override) {
  const zip = `electron-v${version}-${platform}.zip`;
  return `${
    override === undefined || override === ''
      ? `The Electron ${version} binary is not here yet: its npm package does not bring it along.`
      : `There is no Electron binary in ELECTRON_OVERRIDE_DIST_PATH (${override}).`
  }

Get it once, in one of these ways, then run "npm start" again:

  With internet      npx install-electron
                     (downloads ${zip} and checks its SHA-256)

  From a mirror      ELECTRON_MIRROR=https://your.mirror/electron/ npx install-electron
                     (looks for v${version}/${zip} there)

  From a zip         Fetch ${zip} and SHASUMS256.txt on another machine from
                     https://github.com/electron/electron/releases/tag/v${version}
                     check it:    sha256sum --check --ignore-missing SHASUMS256.txt
                     unpack it:   unzip ${zip} -d electron-${version}
                     start:       ELECTRON_OVERRIDE_DIST_PATH=$PWD/electron-${version} npm start
                     (Windows and macOS: write the binary's name into node_modules/electron/path.txt first,
                     electron.exe or Electron.app/Contents/MacOS/Electron)

These work without it:

  npm run -s cli -- --help     the command line: inspect, verify, recover
  npm run drill                a drill on the command line
  npm run app:host             this app in Chromium, for drills only
`;
}
