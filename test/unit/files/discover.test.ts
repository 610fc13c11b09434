import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';

import { discover, type FoundFile } from '../../../electron/files/discover.ts';
import { faultOfAsync } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';
import { KEY_ID, OTHER_KEY_ID } from '../../fixtures/kits.ts';

const onWindows = process.platform === 'win32';

async function groupsOf(...paths: readonly string[]): Promise<(readonly FoundFile[])[]> {
  const groups: (readonly FoundFile[])[] = [];
  for await (const group of discover(paths)) groups.push(group);
  return groups;
}

/** The paths of all groups, relative to the folder. */
async function pathsOf(folder: string): Promise<readonly string[][]> {
  return (await groupsOf(folder)).map((group) => group.map(({ file }) => relative(folder, file)));
}

describe('a file named by itself', () => {
  it('has to be a kit, and takes its key id from its folder', async () => {
    const file = join(makeFolder({ [`${KEY_ID}/any.name`]: 'x' }), KEY_ID, 'any.name');
    expect(await groupsOf(file)).toEqual([[{ file, keyId: KEY_ID, mustBeKit: true, pointedAt: true }]]);
  });

  it('has no key id in a folder that is not named after one', async () => {
    const file = join(makeFolder({ a: 'x' }), 'a');
    expect(await groupsOf(file)).toEqual([[{ file, keyId: undefined, mustBeKit: true, pointedAt: true }]]);
  });

  it('is one group with the others that are named', async () => {
    const folder = makeFolder({ a: 'x', b: 'x', 'c/d': 'x' });
    const groups = await groupsOf(join(folder, 'a'), join(folder, 'c'), join(folder, 'b'));
    expect(groups.map((group) => group.map(({ file }) => relative(folder, file)))).toEqual([
      ['a', 'b'],
      [join('c', 'd')],
    ]);
  });

  it('that is hidden is looked at all the same', async () => {
    const file = join(makeFolder({ '.a': 'x' }), '.a');
    expect((await groupsOf(file))[0]?.[0]?.file).toBe(file);
  });

  it('that does not exist: file.not-found', async () => {
    const file = join(makeFolder(), 'a');
    expect(await faultOfAsync(() => groupsOf(file))).toMatchObject({
      code: 'file.not-found',
      details: { file },
    });
  });

  it('below a file: file.unreadable', async () => {
    const file = join(makeFolder({ a: 'x' }), 'a', 'b');
    expect((await faultOfAsync(() => groupsOf(file))).code).toBe('file.unreadable');
  });
});

describe('a bucket', () => {
  it('is a group for each folder, in the order of names, with the key ids of the folders', async () => {
    const folder = makeFolder({
      [`${OTHER_KEY_ID}/recovery_shard-0.txt`]: 'x',
      [`${KEY_ID}/recovery_shard-1.txt`]: 'x',
      [`${KEY_ID}/recovery_shard-0.txt`]: 'x',
      [`${KEY_ID}/notes.txt`]: 'x',
      'register.csv': 'x',
    });
    const groups = await groupsOf(folder);
    expect(groups).toEqual([
      [{ file: join(folder, 'register.csv'), keyId: undefined, mustBeKit: false, pointedAt: true }],
      [
        { file: join(folder, KEY_ID, 'notes.txt'), keyId: KEY_ID, mustBeKit: false, pointedAt: false },
        {
          file: join(folder, KEY_ID, 'recovery_shard-0.txt'),
          keyId: KEY_ID,
          mustBeKit: true,
          pointedAt: false,
        },
        {
          file: join(folder, KEY_ID, 'recovery_shard-1.txt'),
          keyId: KEY_ID,
          mustBeKit: true,
          pointedAt: false,
        },
      ],
      [
        {
          file: join(folder, OTHER_KEY_ID, 'recovery_shard-0.txt'),
          keyId: OTHER_KEY_ID,
          mustBeKit: true,
          pointedAt: false,
        },
      ],
    ]);
  });

  it("a wallet's folder that is named is pointed at", async () => {
    const folder = join(makeFolder({ [`${KEY_ID}/recovery_shard-0.txt`]: 'x' }), KEY_ID);
    expect((await groupsOf(folder))[0]?.[0]).toMatchObject({ keyId: KEY_ID, pointedAt: true });
  });

  it('a key id in capitals is folded', async () => {
    const folder = makeFolder({ [`${KEY_ID.toUpperCase()}/a`]: 'x' });
    expect((await groupsOf(folder))[0]?.[0]?.keyId).toBe(KEY_ID);
  });

  it.each(['recovery_shard-0.txt', 'recovery_shard-12.txt', 'Recovery_Shard-3.TXT'])(
    '%s has to be a kit',
    async (name) => {
      expect((await groupsOf(makeFolder({ [name]: 'x' })))[0]?.[0]?.mustBeKit).toBe(true);
    },
  );

  it.each([
    'recovery_shard-.txt',
    'recovery_shard-0.txt.bak',
    'a recovery_shard-0.txt',
    'recovery_shard-a.txt',
  ])('%s may be anything', async (name) => {
    expect((await groupsOf(makeFolder({ [name]: 'x' })))[0]?.[0]?.mustBeKit).toBe(false);
  });

  it('hidden files and folders are passed over', async () => {
    expect(await pathsOf(makeFolder({ '.DS_Store': 'x', '.git/config': 'x', a: 'x' }))).toEqual([['a']]);
  });

  it.skipIf(onWindows)('links are passed over, to files and to folders, also to itself', async () => {
    const folder = makeFolder({ 'a/b': 'x' });
    symlinkSync(join(folder, 'a', 'b'), join(folder, 'to-file'));
    symlinkSync(folder, join(folder, 'a', 'to-folder'));
    symlinkSync('/etc', join(folder, 'out'));
    expect(await pathsOf(folder)).toEqual([[join('a', 'b')]]);
  });

  it.skipIf(onWindows)('pipes are passed over', async () => {
    const folder = makeFolder({ a: 'x' });
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await pathsOf(folder)).toEqual([['a']]);
  });

  it('an empty folder is no group', async () => {
    const folder = makeFolder();
    mkdirSync(join(folder, 'a', 'b'), { recursive: true });
    expect(await groupsOf(folder)).toEqual([]);
  });

  it('folders are followed to a bounded depth', async () => {
    const deep = (levels: number): string => [...Array<string>(levels).fill('d'), 'f'].join('/');
    const folder = makeFolder({ [deep(8)]: 'x', [deep(9)]: 'x' });
    expect(await pathsOf(folder)).toEqual([[join(...deep(8).split('/'))]]);
  });
});

describe.skipIf(onWindows)('a link that is named', () => {
  it('to a folder: its files, under the name that was given', async () => {
    const folder = makeFolder({ [`${KEY_ID}/recovery_shard-0.txt`]: 'x' });
    const link = join(folder, 'link');
    symlinkSync(join(folder, KEY_ID), link);
    expect(await groupsOf(link)).toEqual([
      [{ file: join(link, 'recovery_shard-0.txt'), keyId: undefined, mustBeKit: true, pointedAt: true }],
    ]);
  });

  it('to a file: the file', async () => {
    const folder = makeFolder({ a: 'x' });
    const link = join(folder, 'link');
    symlinkSync(join(folder, 'a'), link);
    expect(await groupsOf(link)).toEqual([
      [{ file: link, keyId: undefined, mustBeKit: true, pointedAt: true }],
    ]);
  });

  it('to nothing: file.not-found', async () => {
    const link = join(makeFolder(), 'link');
    symlinkSync('gone', link);
    expect(await faultOfAsync(() => groupsOf(link))).toMatchObject({
      code: 'file.not-found',
      details: { file: link },
    });
  });
});

it.skipIf(onWindows)(
  'links, pipes and folders that lie too deep are told; hidden files are not',
  async () => {
    const deep = Array<string>(8).fill('d').join('/');
    const folder = makeFolder({ a: 'x', '.hidden': 'x', [`${deep}/f`]: 'x', [`${deep}/e/f`]: 'x' });
    symlinkSync('a', join(folder, 'link'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const passedOver: string[] = [];
    for await (const group of discover([folder], (path) => passedOver.push(relative(folder, path))))
      expect(group.length).toBeGreaterThan(0);
    expect(passedOver.sort()).toEqual([join(...deep.split('/'), 'e'), 'link', 'pipe'].sort());
  },
);
