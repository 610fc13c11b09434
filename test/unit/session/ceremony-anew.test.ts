import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { faultOf, faultOfAsync } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';
import { at, recordOf, SLOW_MS, withFiles } from './ceremony-room.ts';

describe('shares that could not be combined', () => {
  it(
    'are split anew into another folder; their files stay, and the record has both sets',
    async () => {
      const medium = makeFolder();
      const room = await withFiles(medium);
      const { shares } = room.session.ceremony;
      const plan = { what: 'password', needed: 2, custodians: ['Cid', 'Dan'] } as const;
      shares.chooseFolder(join(medium, 'pages'));
      await shares.split(plan);
      const first = at(room, 'shares').shares!;
      const [one, two] = first.pages.map(({ file }) => file);
      // A set that was not tried yet is not given up for a click too many.
      shares.chooseFolder(join(medium, 'more'));
      await shares.split(plan);
      expect(at(room, 'shares').shares).toBe(first);

      const torn = join(medium, 'torn.txt');
      writeFileSync(torn, readFileSync(two!, 'utf8').replaceAll(/^.*02: .*$/gm, ''));
      await faultOfAsync(() => shares.combine([one!, torn]));
      expect(at(room, 'shares').shares).toMatchObject({ failed: true, combined: null });

      const before = [one!, two!].map((file) => readFileSync(file, 'utf8'));
      const full = faultOf(() => {
        shares.chooseFolder(join(medium, 'pages'));
      });
      expect(full.code).toBe('ceremony.folder');
      shares.chooseFolder(join(medium, 'again'));
      await shares.split(plan);
      const view = at(room, 'shares');
      const second = view.shares!;
      expect(second.set).not.toBe(first.set);
      expect(view).toMatchObject({ givenUp: [{ set: first.set }], folder: null });
      expect([one!, two!].map((file) => readFileSync(file, 'utf8'))).toEqual(before);
      expect((await faultOfAsync(() => shares.combine([one!, two!]))).code).toBe('custodian-share.other-set');
      const early = faultOf(() => {
        shares.finish();
      });
      expect(early.code).toBe('usage.invalid');
      await shares.combine(second.pages.map(({ file }) => file));
      shares.finish();
      expect(room.session.ceremony.holdsSecrets).toBe(false);
      room.session.end('user');
      expect(room.session.state.written.filter(({ what }) => what === 'void-share')).toHaveLength(2);
      const entries = await recordOf(room, medium);
      expect(entries.flatMap((entry) => (entry.kind === 'shares-made' ? [entry.setId] : []))).toEqual([
        ...[first.set, second.set],
      ]);
      const note = entries.find((entry) => entry.kind === 'note');
      expect(note?.text).toContain(`Gave up the set ${first.set}`);
      expect(JSON.stringify(entries)).not.toContain(medium);
    },
    SLOW_MS,
  );
});
