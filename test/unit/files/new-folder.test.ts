import { chmodSync, mkdirSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { takeNewFolder } from '../../../electron/files/new-folder.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { makeFolder } from '../../fixtures/folders.ts';

describe('takeNewFolder', () => {
  it('makes a folder that only the owner opens, and takes an empty one, its links resolved', () => {
    const medium = realpathSync(makeFolder());
    const made = takeNewFolder(join(medium, 'new'), []);
    expect(made).toBe(join(medium, 'new'));
    expect(statSync(made).mode & 0o777).toBe(0o700);
    expect(takeNewFolder(made, [])).toBe(made);
    symlinkSync(made, join(medium, 'link'));
    expect(takeNewFolder(join(medium, 'link'), [])).toBe(made);
  });

  it('refuses a folder with anything in it, a file, and a place that is not there', () => {
    const medium = makeFolder();
    mkdirSync(join(medium, 'full', '.hidden'), { recursive: true });
    writeFileSync(join(medium, 'file'), '');
    const fault = (name: string): unknown => faultOf(() => takeNewFolder(join(medium, name), []));
    expect(fault('full')).toMatchObject({ code: 'ceremony.folder', details: { reason: 'not empty' } });
    expect(fault('file')).toMatchObject({ code: 'ceremony.folder', details: { reason: 'not a folder' } });
    expect(fault('no/such')).toMatchObject({ code: 'file.write-failed' });
    expect(fault('file/below')).toMatchObject({ code: 'file.write-failed' });
  });

  it('refuses the app’s own folders and all below, new or not', () => {
    const own = makeFolder();
    mkdirSync(join(own, 'empty'));
    for (const folder of [join(own, 'new'), join(own, 'empty')]) {
      expect(faultOf(() => takeNewFolder(folder, [own])).code).toBe('guard.output-in-app-data');
    }
  });

  it.skipIf(process.getuid?.() === 0)(
    'says what the system says of a folder that may not be looked into',
    () => {
      const medium = makeFolder();
      mkdirSync(join(medium, 'closed'), { mode: 0o000 });
      expect(faultOf(() => takeNewFolder(join(medium, 'closed'), []))).toMatchObject({
        code: 'file.write-failed',
        details: { reason: 'EACCES' },
      });
      chmodSync(join(medium, 'closed'), 0o700);
    },
  );
});
