import { existsSync } from 'node:fs';
import { basename, posix, win32 } from 'node:path';

/** A PKCS#11 module at a place where its maker or a distribution puts it. */
export interface UsualModule {
  /** Whose tokens it speaks to. */
  readonly name: string;
  /** Absolute path of the library. */
  readonly file: string;
}

type Places = readonly (readonly [name: string, file: string])[];

/** Folders of libraries on Linux: Debian's by architecture, Fedora's, and what users build. */
const LINUX_FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/aarch64-linux-gnu',
  '/usr/lib64',
  '/usr/lib',
  '/usr/local/lib',
];

const everywhere = (name: string, ...files: readonly string[]): Places =>
  files.flatMap((file) => LINUX_FOLDERS.map((folder) => [name, posix.join(folder, file)] as const));

const LINUX: Places = [
  ...everywhere('OpenSC', 'opensc-pkcs11.so', 'pkcs11/opensc-pkcs11.so'),
  ...everywhere('SoftHSM', 'softhsm/libsofthsm2.so', 'pkcs11/libsofthsm2.so'),
  ...everywhere('YubiHSM', 'pkcs11/yubihsm_pkcs11.so', 'yubihsm_pkcs11.so'),
  ...everywhere('YubiKey PIV', 'libykcs11.so.2', 'libykcs11.so'),
  ...everywhere('Nitrokey NetHSM', 'nethsm/libnethsm_pkcs11.so', 'libnethsm_pkcs11.so'),
  ...everywhere('Nitrokey HSM (sc-hsm-embedded)', 'libsc-hsm-pkcs11.so'),
  ['Thales Luna', '/usr/safenet/lunaclient/lib/libCryptoki2_64.so'],
  ['Thales Luna', '/usr/local/luna/libs/64/libCryptoki2.so'],
  ['AWS CloudHSM', '/opt/cloudhsm/lib/libcloudhsm_pkcs11.so'],
  ['Entrust nShield', '/opt/nfast/toolkits/pkcs11/libcknfast.so'],
  ...everywhere('opencryptoki', 'pkcs11/libopencryptoki.so', 'opencryptoki/libopencryptoki.so.0'),
  ...everywhere('NSS', 'libsoftokn3.so', 'nss/libsoftokn3.so'),
];

const MACOS: Places = [
  ['OpenSC', '/Library/OpenSC/lib/opensc-pkcs11.so'],
  ['OpenSC', '/opt/homebrew/lib/opensc-pkcs11.so'],
  ['SoftHSM', '/opt/homebrew/lib/softhsm/libsofthsm2.so'],
  ['SoftHSM', '/usr/local/lib/softhsm/libsofthsm2.so'],
  ['YubiHSM', '/usr/local/lib/pkcs11/yubihsm_pkcs11.dylib'],
  ['YubiHSM', '/opt/homebrew/lib/pkcs11/yubihsm_pkcs11.dylib'],
  ['YubiKey PIV', '/opt/homebrew/lib/libykcs11.dylib'],
  ['YubiKey PIV', '/usr/local/lib/libykcs11.dylib'],
  ['Nitrokey NetHSM', '/usr/local/lib/libnethsm_pkcs11.dylib'],
  ['Thales Luna', '/usr/local/lib/libCryptoki2.dylib'],
  ['NSS', '/opt/homebrew/lib/libsoftokn3.dylib'],
];

const WINDOWS: Places = [
  ['OpenSC', 'C:\\Program Files\\OpenSC Project\\OpenSC\\pkcs11\\opensc-pkcs11.dll'],
  ['SoftHSM', 'C:\\SoftHSM2\\lib\\softhsm2-x64.dll'],
  ['YubiHSM', 'C:\\Program Files\\Yubico\\YubiHSM Shell\\bin\\pkcs11\\yubihsm_pkcs11.dll'],
  ['YubiKey PIV', 'C:\\Program Files\\Yubico\\Yubico PIV Tool\\bin\\libykcs11.dll'],
  ['Nitrokey NetHSM', 'C:\\Program Files\\Nitrokey\\nethsm_pkcs11.dll'],
  ['Thales Luna', 'C:\\Program Files\\SafeNet\\LunaClient\\cryptoki.dll'],
  ['AWS CloudHSM', 'C:\\Program Files\\Amazon\\CloudHSM\\lib\\cloudhsm_pkcs11.dll'],
  ['Entrust nShield', 'C:\\Program Files\\nCipher\\nfast\\toolkits\\pkcs11\\cknfast.dll'],
];

/**
 * The modules that are at their usual places on this machine, one a maker, in a fixed order. Nothing is loaded. A
 * module at another place is named by its path. Source: docs/hsm.md, "Modules".
 * @param platform as `process.platform` names it
 * @param exists says whether there is a file
 */
export function usualModules(
  platform: NodeJS.Platform = process.platform,
  exists: (file: string) => boolean = existsSync,
): readonly UsualModule[] {
  const found = new Map<string, UsualModule>();
  for (const [name, file] of placesOf(platform)) {
    if (!found.has(name) && exists(file)) found.set(name, { name, file });
  }
  return [...found.values()];
}

/**
 * The module of a URI's `module-name`, among those at their usual places; undefined when there is none.
 * Source: RFC 7512 2.4.
 * @param moduleName without `lib` and without suffix, like `softhsm2`
 */
export function usualModuleNamed(
  moduleName: string,
  platform: NodeJS.Platform = process.platform,
  exists: (file: string) => boolean = existsSync,
): UsualModule | undefined {
  return usualModules(platform, exists).find(({ file }) => bareName(file, platform) === moduleName);
}

function placesOf(platform: NodeJS.Platform): Places {
  if (platform === 'win32') return WINDOWS;
  return platform === 'darwin' ? MACOS : LINUX;
}

function bareName(file: string, platform: NodeJS.Platform): string {
  const name = platform === 'win32' ? win32.basename(file) : basename(file);
  return name.replace(/^lib/, '').replace(/\.(?:dll|dylib|so(?:\.[0-9]+)*)$/, '');
}
