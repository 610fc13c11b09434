/**
 * The kinds of native modules: what their first bytes say, and where they name their machine.
 * Sources: ELF gABI (e_machine), Mach-O loader.h (cputype), PE/COFF (Machine).
 */
const ELF_MACHINES = new Map([
  [0x3e, 'x64'],
  [0xb7, 'arm64'],
]);
const MACH_MACHINES = new Map([
  [0x01000007, 'x64'],
  [0x0100000c, 'arm64'],
]);
const PE_MACHINES = new Map([
  [0x8664, 'x64'],
  [0xaa64, 'arm64'],
]);

/**
 * For which system a native module was built.
 * @param {Buffer} bytes of the `.node` file
 * @returns {{ platform: string, arch: string } | undefined} undefined for what is none of the three kinds
 */
export function addonSystem(bytes) {
  if (bytes.length < 64) return undefined;
  if (bytes.readUInt32BE(0) === 0x7f454c46) {
    return { platform: 'linux', arch: ELF_MACHINES.get(bytes.readUInt16LE(18)) ?? 'unknown' };
  }
  if (bytes.readUInt32LE(0) === 0xfeedfacf) {
    return { platform: 'darwin', arch: MACH_MACHINES.get(bytes.readUInt32LE(4)) ?? 'unknown' };
  }
  if (bytes.readUInt16BE(0) === 0x4d5a) {
    const header = bytes.readUInt32LE(60);
    if (header + 6 > bytes.length || bytes.readUInt32BE(header) !== 0x50450000) return undefined;
    return { platform: 'win32', arch: PE_MACHINES.get(bytes.readUInt16LE(header + 4)) ?? 'unknown' };
  }
  return undefined;
}

/**
 * Why a native module does not belong into a package: undefined when it does.
 * @param {Buffer} bytes of the `.node` file
 * @param {string} platform as `process.platform` names it
 * @param {string} arch as `process.arch` names it
 * @returns {string | undefined} words that follow "is"
 */
export function addonMismatch(bytes, platform, arch) {
  const system = addonSystem(bytes);
  if (system === undefined) return 'no native module';
  if (system.platform === platform && system.arch === arch) return undefined;
  return `built for ${system.platform} ${system.arch}, not for ${platform} ${arch}`;
}
