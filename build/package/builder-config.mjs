import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterExtract, afterPack } from './after-pack.mjs';
import { APP_ID, ENTITLEMENTS, teamOf } from './apple-team.mjs';

/**
 * How electron-builder wraps the payload for each system. Where a system can refuse an app the network, it is told to.
 * What each form refuses, and what it does not, stands in docs/install-air-gapped.md.
 */

/** What a deb or a store entry names; for the maintainers to set before a release. */
const HOMEPAGE = 'https://breakglass.invalid/';
const MAINTAINER = 'Breakglass maintainers <maintainers@breakglass.invalid>';

/** Flatpak: a window, and no network, no home folder; files come through the portal of the file dialog. */
const FLATPAK_RIGHTS = ['--socket=wayland', '--socket=fallback-x11', '--share=ipc', '--device=dri'];

/**
 * Snap: a window, and no `network`, `network-bind`, `network-observe`. Removable media are where backups come from.
 * `browser-sandbox` is what Chromium's own sandbox needs. snapd connects it only by hand (its base declaration denies
 * `allow-sandbox: true`); without the attribute electron-builder would start the app with `--no-sandbox`, which it refuses.
 */
const SNAP_PLUGS = [
  'desktop',
  'desktop-legacy',
  'home',
  'removable-media',
  'wayland',
  'x11',
  'opengl',
  { 'browser-sandbox': { interface: 'browser-support', 'allow-sandbox': true } },
];

/**
 * @param {object} paths
 * @param {string} paths.root the project's folder
 * @param {string} paths.output where the packages go
 * @param {string} paths.electronDist folder or zip of the Electron binary
 * @param {string} paths.electronVersion
 * @param {string | undefined} paths.pkcs11js folder of the package that speaks PKCS#11; none leaves HSMs out
 * @returns {import('electron-builder').Configuration}
 */
export function builderConfig({ root, output, electronDist, electronVersion, pkcs11js }) {
  const here = join(root, 'build', 'package');
  const icons = join(root, 'build', 'icons');
  return {
    appId: APP_ID,
    productName: 'Breakglass',
    copyright: 'Apache-2.0',
    extraMetadata: { homepage: HOMEPAGE, author: MAINTAINER },
    // Nothing is looked up, fetched or told: no update file is made, and nothing is built from source again.
    publish: null,
    npmRebuild: false,
    buildDependenciesFromSource: false,
    detectUpdateChannel: false,
    generateUpdatesFilesForAllChannels: false,
    electronDist,
    electronVersion,
    electronLanguages: ['en-US'],
    directories: { buildResources: icons, output },
    // The payload's own app.asar, byte for byte, so that its checksum is the same in every package.
    asar: true,
    disableSanityCheckAsar: true,
    // A native module stands outside of the asar in any case; this way the asar is the same on every system.
    extraResources:
      pkcs11js === undefined
        ? []
        : [
            {
              from: pkcs11js,
              to: 'node_modules/pkcs11js',
              filter: ['package.json', 'index.js', 'LICENSE', 'build/Release/pkcs11.node'],
            },
          ],
    // Fuses are set in there by a table that is checked to be whole.
    electronFuses: null,
    afterExtract,
    afterPack,
    linux: {
      target: ['AppImage', 'deb'],
      executableName: 'breakglass',
      category: 'Utility',
      icon: join(icons, 'png'),
      synopsis: 'Recovers the key of an MPC wallet from its backup, offline',
      maintainer: MAINTAINER,
      vendor: 'Breakglass',
    },
    // Left out, it would be `--no-sandbox`, with which the app does not start.
    appImage: { executableArgs: [] },
    flatpak: {
      runtime: 'org.freedesktop.Platform',
      runtimeVersion: '25.08',
      sdk: 'org.freedesktop.Sdk',
      base: 'org.electronjs.Electron2.BaseApp',
      baseVersion: '25.08',
      branch: 'stable',
      finishArgs: FLATPAK_RIGHTS,
    },
    snapcraft: {
      base: 'core24',
      core24: { confinement: 'strict', grade: 'stable', plugs: SNAP_PLUGS },
    },
    mac: {
      target: ['dmg'],
      category: 'public.app-category.utilities',
      icon: join(icons, 'icon.icns'),
      hardenedRuntime: true,
      gatekeeperAssess: false,
      entitlements: ENTITLEMENTS,
      entitlementsInherit: join(here, 'macos', 'entitlements.inherit.plist'),
      // With this key, Electron puts the team before the name of its Mach service, as the app group has it.
      extendInfo: { ElectronTeamID: teamOf(readFileSync(ENTITLEMENTS, 'utf8')) },
      // It would add entitlements that only a provisioning profile grants.
      preAutoEntitlements: false,
      notarize: false,
    },
    dmg: { sign: false, writeUpdateInfo: false },
    win: { target: ['nsis', 'appx'], icon: join(icons, 'icon.ico') },
    nsis: {
      oneClick: false,
      perMachine: true,
      allowToChangeInstallationDirectory: false,
      // Not deleteAppDataOnUninstall: the records of the sessions are in there, and outlast the app.
      differentialPackage: false,
      include: join(here, 'windows', 'firewall.nsh'),
    },
    appx: {
      identityName: 'Breakglass',
      applicationId: 'Breakglass',
      publisherDisplayName: 'Breakglass maintainers',
      capabilities: ['runFullTrust'],
      customManifestPath: join(here, 'windows', 'appxmanifest.xml'),
      languages: ['en-US'],
    },
  };
}
