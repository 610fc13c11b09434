import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { checkDestination } from '../../../electron/files/destination.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';

/** A folder under two names: what a medium that ignores case does too, and can be had where mounting is allowed. */
const canBind = ((): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-bind-'));
  const bound = spawnSync('mount', ['--bind', folder, folder]).status === 0;
  if (bound) spawnSync('umount', ['-l', folder]);
  rmSync(folder, { recursive: true, force: true });
  return bound;
})();

/** Media with a backup, a recovery key, nothing yet, and the app's own folder. */
function media() {
  const root = makeFolder();
  for (const name of ['backup/wallet', 'key', 'usb', 'app/data'])
    mkdirSync(join(root, name), { recursive: true });
  return {
    root,
    surroundings: {
      kitFiles: [join(root, 'backup/wallet/recovery_shard-0.txt')],
      keyFile: join(root, 'key/recovery.der'),
      ownFolders: [join(root, 'app')],
    },
  };
}

describe('a destination', () => {
  it('on a medium of its own is taken, and nothing is made', () => {
    const { root, surroundings } = media();
    expect(checkDestination(join(root, 'usb/key.pke1'), surroundings)).toBe(join(root, 'usb/key.pke1'));
    expect(readdirSync(join(root, 'usb'))).toEqual([]);
  });

  it.each([
    ['backup/wallet/key.pke1', 'guard.backup-beside-key'],
    ['usb/../backup/wallet/key.pke1', 'guard.backup-beside-key'],
    ['key/key.pke1', 'guard.backup-beside-key'],
    ['app/key.pke1', 'guard.output-in-app-data'],
    ['app/data/key.pke1', 'guard.output-in-app-data'],
    ['usb', 'guard.output-exists'],
    ['none/key.pke1', 'file.write-failed'],
  ])('%s: %s', (name, code) => {
    const { root, surroundings } = media();
    expect(faultOf(() => checkDestination(join(root, name), surroundings)).code).toBe(code);
  });

  it('backup and recovery key in one folder: refused wherever the key would go', () => {
    const { root, surroundings } = media();
    const together = { ...surroundings, keyFile: join(root, 'backup/wallet/recovery.der') };
    expect(faultOf(() => checkDestination(join(root, 'usb/key.pke1'), together))).toEqual({
      code: 'guard.backup-beside-key',
      details: { folder: join(root, 'backup/wallet') },
    });
  });

  it('a key in a token lies in no folder', () => {
    const { root, surroundings } = media();
    const inToken = { ...surroundings, keyFile: undefined };
    expect(checkDestination(join(root, 'key/key.pke1'), inToken)).toBe(join(root, 'key/key.pke1'));
  });

  it.skipIf(process.platform === 'win32')('is looked at where its links lead', () => {
    const { root, surroundings } = media();
    symlinkSync(join(root, 'backup/wallet'), join(root, 'usb/shortcut'));
    symlinkSync(join(root, 'nowhere'), join(root, 'usb/gone'));
    expect(faultOf(() => checkDestination(join(root, 'usb/shortcut/key.pke1'), surroundings)).code).toBe(
      'guard.backup-beside-key',
    );
    expect(faultOf(() => checkDestination(join(root, 'usb/gone'), surroundings)).code).toBe(
      'guard.output-exists',
    );
  });

  it.skipIf(process.platform === 'win32')('beside a link to the backup or the key is refused as well', () => {
    const { root, surroundings } = media();
    mkdirSync(join(root, 'links'));
    for (const [link, target] of [
      ['kit', 'backup/wallet/recovery_shard-0.txt'],
      ['key', 'key/recovery.der'],
    ] as const) {
      writeFileSync(join(root, target), 'content');
      symlinkSync(join(root, target), join(root, 'links', link));
    }
    for (const linked of [
      { ...surroundings, kitFiles: [join(root, 'links/kit')] },
      { ...surroundings, keyFile: join(root, 'links/key') },
    ]) {
      const codeAt = (name: string): string => faultOf(() => checkDestination(join(root, name), linked)).code;
      expect(codeAt('links/new.pke1')).toBe('guard.backup-beside-key');
      expect(codeAt('backup/wallet/new.pke1')).toBe('guard.backup-beside-key');
      expect(codeAt('key/new.pke1')).toBe('guard.backup-beside-key');
      expect(checkDestination(join(root, 'usb/new.pke1'), linked)).toBe(join(root, 'usb/new.pke1'));
    }
  });

  it.skipIf(!canBind)('is known by what it is, not by its name (root, and mounts that are allowed)', () => {
    const { root, surroundings } = media();
    for (const folder of ['backup/wallet', 'app']) {
      const other = join(root, `other ${basename(folder)}`);
      mkdirSync(other);
      execFileSync('mount', ['--bind', join(root, folder), other]);
      try {
        expect(faultOf(() => checkDestination(join(other, 'new.pke1'), surroundings)).code).toMatch(
          /^guard\.(?:backup-beside-key|output-in-app-data)$/,
        );
      } finally {
        spawnSync('umount', ['-l', other]);
      }
    }
  });
});
