import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { appHash, appHashOfFolder } from '../../../electron/files/app-hash.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { makeFolder } from '../../fixtures/folders.ts';

const FILES = { 'main.js': 'a', 'a/b.js': 'b', 'a.js': '', 'ä.txt': 'c', 'Z.js': 'd' };

describe('appHashOfFolder', () => {
  it('is what sha256sum makes of the folder, as docs/record.md has it', async () => {
    const folder = makeFolder(FILES);
    const script = `find . -type f -printf '%P\\n' | LC_ALL=C sort | while IFS= read -r f; do
      printf '%s\\0%s\\n' "$f" "$(sha256sum < "$f" | cut -c1-64)"; done | sha256sum | cut -c1-64`;
    const made = execFileSync('bash', ['-c', script], { cwd: folder }).toString().trim();
    expect(await appHashOfFolder(folder)).toBe(made);
  });

  it('is another one when a file is changed, moved, added or gone', async () => {
    const { 'main.js': main, ...rest } = FILES;
    const folders = [
      FILES,
      { ...FILES, 'main.js': 'b' },
      { ...rest, 'other.js': main },
      { ...FILES, 'more.js': '' },
      rest,
    ];
    const hashes = await Promise.all(folders.map((files) => appHashOfFolder(makeFolder(files))));
    expect(new Set(hashes).size).toBe(folders.length);
  });

  it.each(['file', 'folder'])('refuses a link to a %s', async (kind) => {
    const folder = makeFolder(FILES);
    symlinkSync(kind === 'file' ? join(folder, 'main.js') : join(folder, 'a'), join(folder, 'link'));
    await expect(appHashOfFolder(folder)).rejects.toMatchObject({
      code: 'file.unreadable',
      details: { reason: 'not a regular file' },
    });
  });

  it('names a folder that is not there', async () => {
    await expect(appHashOfFolder('/nowhere')).rejects.toBeInstanceOf(RecoveryError);
  });
});

describe('appHash', () => {
  it('does not depend on the order in which files are found', () => {
    const files = [
      { path: 'b', sha256: '1' },
      { path: 'a/b', sha256: '2' },
      { path: 'a', sha256: '3' },
    ];
    expect(appHash(files)).toBe(appHash(files.toReversed()));
  });
});
