/**
 * What of Electron is switched off, or on, in the binary itself. Each fuse that Electron 45 has stands here; one that a
 * newer Electron adds stops the packaging until somebody has decided on it (`strictlyRequireAllFuses`).
 * Source: https://www.electronjs.org/docs/latest/tutorial/fuses
 * @typedef {object} Fuse
 * @property {string} name in `FuseV1Options` of the library
 * @property {boolean} on
 * @property {string} why
 */

/** @type {readonly Fuse[]} */
export const FUSES = [
  { name: 'RunAsNode', on: false, why: 'ELECTRON_RUN_AS_NODE would make the signed app run any script' },
  { name: 'EnableCookieEncryption', on: true, why: 'no cookie is kept; if one were, not in the clear' },
  {
    name: 'EnableNodeOptionsEnvironmentVariable',
    on: false,
    why: 'NODE_OPTIONS could load code before the app’s own',
  },
  { name: 'EnableNodeCliInspectArguments', on: false, why: '--inspect would let a debugger read secrets' },
  {
    name: 'EnableEmbeddedAsarIntegrityValidation',
    on: true,
    why: 'a changed app.asar does not start (macOS, Windows)',
  },
  { name: 'OnlyLoadAppFromAsar', on: true, why: 'a folder put beside app.asar is not started in its place' },
  { name: 'LoadBrowserProcessSpecificV8Snapshot', on: false, why: 'there is no snapshot of ours' },
  { name: 'GrantFileProtocolExtraPrivileges', on: false, why: 'no page comes from file:' },
  { name: 'WasmTrapHandlers', on: true, why: 'Electron’s own value: faster checks of WebAssembly’s memory' },
];

/**
 * The table as @electron/fuses takes it.
 * @param {Pick<typeof import('@electron/fuses'), 'FuseVersion' | 'FuseV1Options'>} library
 * @param {boolean} isMacArm64 whose ad-hoc signature a changed binary has to get anew
 * @returns {import('@electron/fuses').FuseConfig}
 */
export function fuseConfig({ FuseVersion, FuseV1Options }, isMacArm64) {
  /** @type {Record<string, boolean>} */
  const byIndex = {};
  for (const { name, on } of FUSES) {
    const index = /** @type {Record<string, number>} */ (/** @type {unknown} */ (FuseV1Options))[name];
    if (index === undefined) throw new Error(`@electron/fuses knows no fuse ${name}`);
    byIndex[index] = on;
  }
  return /** @type {import('@electron/fuses').FuseConfig} */ (
    /** @type {unknown} */ ({
      version: FuseVersion.V1,
      strictlyRequireAllFuses: true,
      resetAdHocDarwinSignature: isMacArm64,
      ...byIndex,
    })
  );
}
