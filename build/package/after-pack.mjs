import { chmodSync, copyFileSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { addonMismatch } from './addon.mjs';
import { teamComplaint } from './apple-team.mjs';
import { fuseConfig } from './fuses.mjs';

const here = dirname(fileURLToPath(import.meta.url));

/** electron-builder's numbers for architectures (its enum `Arch`). */
const ARCHITECTURES = ['ia32', 'x64', 'armv7l', 'arm64', 'universal'];

/**
 * Takes away the app that Electron's own distribution starts when it finds no other.
 * @param {import('electron-builder').AfterPackContext} context
 */
export function afterExtract({ appOutDir, electronPlatformName }) {
  const resources =
    electronPlatformName === 'darwin'
      ? join(appOutDir, 'Electron.app', 'Contents', 'Resources')
      : join(appOutDir, 'resources');
  rmSync(join(resources, 'default_app.asar'), { force: true });
  return Promise.resolve();
}

/**
 * What is done to an unpacked app before it is signed: its fuses are set, all of them; its native module is seen to be
 * one of the target system; and on Linux it gets the wrapper that cuts it off the network.
 * @param {import('electron-builder').AfterPackContext} context
 */
export async function afterPack({ appOutDir, electronPlatformName, arch, packager }) {
  const unsignable = electronPlatformName === 'darwin' ? teamComplaint() : undefined;
  if (unsignable !== undefined) throw new Error(unsignable);
  const { productFilename } = packager.appInfo;
  const architecture = ARCHITECTURES[arch] ?? 'unknown';
  const places = {
    linux: { binary: join(appOutDir, 'breakglass'), resources: join(appOutDir, 'resources') },
    win32: { binary: join(appOutDir, `${productFilename}.exe`), resources: join(appOutDir, 'resources') },
    darwin: {
      binary: join(appOutDir, `${productFilename}.app`),
      resources: join(appOutDir, `${productFilename}.app`, 'Contents', 'Resources'),
    },
  };
  if (!(electronPlatformName in places)) throw new Error(`not a system of this app: ${electronPlatformName}`);
  const { binary, resources } = places[/** @type {keyof typeof places} */ (electronPlatformName)];

  const fuses = await import('@electron/fuses');
  const isMacArm64 = electronPlatformName === 'darwin' && architecture === 'arm64';
  await fuses.flipFuses(binary, fuseConfig(fuses, isMacArm64));

  const addon = join(resources, 'node_modules', 'pkcs11js', 'build', 'Release', 'pkcs11.node');
  if (existsSync(addon)) {
    const mismatch = addonMismatch(readFileSync(addon), electronPlatformName, architecture);
    if (mismatch !== undefined) throw new Error(`pkcs11js is ${mismatch}`);
  }

  if (electronPlatformName === 'linux') {
    renameSync(binary, join(appOutDir, 'breakglass-app'));
    copyFileSync(join(here, 'linux', 'breakglass'), binary);
    chmodSync(binary, 0o755);
  }
}
