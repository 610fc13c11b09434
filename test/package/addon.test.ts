import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';
import { packagingTool } from './tools.ts';

interface Addon {
  readonly addonMismatch: (bytes: Buffer, platform: string, arch: string) => string | undefined;
}

const { addonMismatch } = await packagingTool<Addon>('addon.mjs');

/** The first bytes of a module, as far as they tell for what it was built. */
function head(write: (bytes: Buffer) => void): Buffer {
  const bytes = Buffer.alloc(256);
  write(bytes);
  return bytes;
}

const elf = (machine: number): Buffer =>
  head((bytes) => {
    bytes.writeUInt32BE(0x7f454c46);
    bytes.writeUInt16LE(machine, 18);
  });
const mach = (machine: number): Buffer =>
  head((bytes) => {
    bytes.writeUInt32LE(0xfeedfacf);
    bytes.writeUInt32LE(machine, 4);
  });
const pe = (machine: number, header = 128): Buffer =>
  head((bytes) => {
    bytes.write('MZ', 'latin1');
    bytes.writeUInt32LE(header, 60);
    bytes.write('PE\0\0', 128, 'latin1');
    bytes.writeUInt16LE(machine, 132);
  });

it.each([
  ['linux', 'x64', elf(0x3e)],
  ['linux', 'arm64', elf(0xb7)],
  ['darwin', 'x64', mach(0x01000007)],
  ['darwin', 'arm64', mach(0x0100000c)],
  ['win32', 'x64', pe(0x8664)],
  ['win32', 'arm64', pe(0xaa64)],
])('a module for %s %s goes into that package and no other', (platform, arch, bytes) => {
  for (const other of ['linux', 'darwin', 'win32'])
    for (const machine of ['x64', 'arm64'])
      expect(addonMismatch(bytes, other, machine)).toBe(
        other === platform && machine === arch
          ? undefined
          : `built for ${platform} ${arch}, not for ${other} ${machine}`,
      );
});

it.each([
  ['nothing', Buffer.alloc(0)],
  ['a text', Buffer.from('x'.repeat(500))],
  ['half a PE', pe(0x8664, 255)],
])('%s is no native module', (_what, bytes) => {
  expect(addonMismatch(bytes, 'linux', 'x64')).toBe('no native module');
});

const built = join(projectRoot, 'node_modules/pkcs11js/build/Release/pkcs11.node');
it.skipIf(!existsSync(built))('the one that npm built here is for this machine', () => {
  expect(addonMismatch(readFileSync(built), process.platform, process.arch)).toBeUndefined();
});
