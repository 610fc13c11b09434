import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, describe, expect, it } from 'vitest';

import { writeExclusive } from '../../../electron/files/write-exclusive.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';

/** Real media, where the system lets them be mounted: what a stick does when it is full, locked, or pulled out. */

const mounted: string[] = [];
const devices: string[] = [];
const folders: string[] = [];

function mediumFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-medium-'));
  folders.push(folder);
  return folder;
}

function mount(...args: readonly string[]): string {
  const folder = mediumFolder();
  execFileSync('mount', [...args, folder], { stdio: 'ignore' });
  mounted.push(folder);
  return folder;
}

/** Whether media can be mounted here: root, and not a container that forbids it. */
const canMount = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs');
    unmountAll();
    return true;
  } catch {
    return false;
  }
})();
function unmountAll(): void {
  for (const folder of mounted.splice(0)) spawnSync('umount', ['-l', folder]);
  for (const device of devices.splice(0)) spawnSync('losetup', ['-d', device]);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

afterEach(unmountAll);

const SMALL = new TextEncoder().encode('0011\n');

describe.skipIf(!canMount)('a medium (root, and mounts that are allowed)', () => {
  it('that is full: ENOSPC, and nothing is left', async () => {
    const medium = mount('-t', 'tmpfs', '-o', 'size=64k', 'tmpfs');
    const fault = await faultOfAsync(() => writeExclusive(join(medium, 'key'), new Uint8Array(100_000)));
    expect(fault).toEqual({
      code: 'file.write-failed',
      details: { file: join(medium, 'key'), reason: 'ENOSPC' },
    });
    expect(readdirSync(medium)).toEqual([]);
  });

  it('that is locked: EROFS', async () => {
    const medium = mount('-t', 'tmpfs', '-o', 'ro', 'tmpfs');
    const fault = await faultOfAsync(() => writeExclusive(join(medium, 'key'), SMALL));
    expect(fault).toEqual({
      code: 'file.write-failed',
      details: { file: join(medium, 'key'), reason: 'EROFS' },
    });
  });

  it('that is pulled out while the file is read back: told, and no file is there', async () => {
    const medium = mount('-t', 'tmpfs', 'tmpfs');
    const check = (): void => {
      execFileSync('umount', ['-l', medium]);
    };
    const fault = await faultOfAsync(() => writeExclusive(join(medium, 'key'), SMALL, { check }));
    expect(fault).toMatchObject({ code: 'file.write-failed', details: { reason: 'ENOENT' } });
    expect(readdirSync(medium)).toEqual([]);
  });
});

function image(make: string): string {
  const file = join(mediumFolder(), 'stick.img');
  writeFileSync(file, new Uint8Array(8 * 1024 * 1024));
  execFileSync(make, [file], { stdio: 'ignore' });
  return file;
}

/** exFAT by FUSE, which wants a block device. */
function mountExfat(): string {
  const device = execFileSync('losetup', ['-f', '--show', image('mkfs.exfat')], { encoding: 'utf8' }).trim();
  devices.push(device);
  return mountFuse('mount.exfat-fuse', device);
}

/** FAT by the kernel where it can, else by FUSE. */
function mountFat(): string {
  return readFileSync('/proc/filesystems', 'utf8').includes('vfat')
    ? mount('-o', 'loop', image('mkfs.vfat'))
    : mountFuse('fusefat', '-o', 'rw+', image('mkfs.vfat'));
}

function mountFuse(program: string, ...args: readonly string[]): string {
  const folder = mediumFolder();
  mounted.push(folder);
  execFileSync(program, [...args, folder], { stdio: 'ignore' });
  return folder;
}

/** Whether such a stick can be made here: its mkfs, a driver, and a loop device that is allowed. */
function canBeMade(stick: () => string): boolean {
  if (!canMount) return false;
  try {
    stick();
    return true;
  } catch {
    return false;
  } finally {
    unmountAll();
  }
}

const STICKS = [
  { name: 'FAT', there: canBeMade(mountFat), stick: mountFat },
  { name: 'exFAT', there: canBeMade(mountExfat), stick: mountExfat },
];

describe.each(STICKS)(
  'a stick of $name, which has no links (root, its mkfs, and mounts of it that are allowed)',
  ({ there, stick }) => {
    it.skipIf(!there)('the file is whole, alone, and never written over', async () => {
      const medium = stick();
      await writeExclusive(join(medium, 'key.hex'), SMALL);
      expect(readdirSync(medium)).toEqual(['key.hex']);
      expect(new Uint8Array(readFileSync(join(medium, 'key.hex')))).toEqual(SMALL);
      const fault = await faultOfAsync(() => writeExclusive(join(medium, 'KEY.HEX'), new Uint8Array(3)));
      expect(fault.code).toBe('guard.output-exists');
      expect(new Uint8Array(readFileSync(join(medium, 'key.hex')))).toEqual(SMALL);
    });

    it.skipIf(!there)('a file that appears meanwhile stays as it is', async () => {
      const medium = stick();
      const check = (): void => {
        writeFileSync(join(medium, 'key.hex'), 'mine');
      };
      expect((await faultOfAsync(() => writeExclusive(join(medium, 'key.hex'), SMALL, { check }))).code).toBe(
        'guard.output-exists',
      );
      expect(readFileSync(join(medium, 'key.hex'), 'utf8')).toBe('mine');
      expect(readdirSync(medium)).toEqual(['key.hex']);
    });

    it.skipIf(!there)('what fails is removed, and a part of ours is known again', async () => {
      const medium = stick();
      const check = (): never => {
        throw new Error('not what was meant');
      };
      await expect(writeExclusive(join(medium, 'key.hex'), SMALL, { check })).rejects.toThrow('not what');
      expect(readdirSync(medium)).toEqual([]);
    });
  },
);
