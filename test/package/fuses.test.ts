import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { flipFuses, FuseV1Options, FuseVersion, getCurrentFuseWire, type FuseConfig } from '@electron/fuses';
import { afterAll, describe, expect, it } from 'vitest';

import { packagingTool } from './tools.ts';

interface Fuses {
  readonly FUSES: readonly { readonly name: string; readonly on: boolean; readonly why: string }[];
  readonly fuseConfig: (library: object, isMacArm64: boolean) => FuseConfig;
}

/** What @electron/fuses looks for in a binary, and the states of a fuse (its `constants.js`). */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const [OFF, ON] = [0x30, 0x31];

const { FUSES, fuseConfig } = await packagingTool<Fuses>('fuses.mjs');
const folder = mkdtempSync(join(tmpdir(), 'breakglass-fuses-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A binary with a wire of fuses, each as Electron delivers it. */
function binary(length: number): string {
  const file = join(folder, `electron-${String(length)}`);
  const wire = Buffer.from([1, length, ...Array.from({ length }, () => ON)]);
  writeFileSync(
    file,
    Buffer.concat([Buffer.alloc(1000, 7), Buffer.from(SENTINEL), wire, Buffer.alloc(1000, 9)]),
  );
  return file;
}

const names = Object.values(FuseV1Options).filter((name): name is string => typeof name === 'string');

describe('fuses', () => {
  it('are all named, each with its reason', () => {
    expect(FUSES.map(({ name }) => name)).toEqual(names);
    expect(FUSES.filter(({ why }) => why === '')).toEqual([]);
  });

  it.each([
    ['RunAsNode', false],
    ['EnableNodeOptionsEnvironmentVariable', false],
    ['EnableNodeCliInspectArguments', false],
    ['GrantFileProtocolExtraPrivileges', false],
    ['OnlyLoadAppFromAsar', true],
    ['EnableEmbeddedAsarIntegrityValidation', true],
    ['EnableCookieEncryption', true],
  ])('%s is %s', (name, on) => {
    expect(FUSES.find((fuse) => fuse.name === name)?.on).toBe(on);
  });

  it('are written into a binary as the table says', async () => {
    const file = binary(names.length);
    await flipFuses(file, fuseConfig({ FuseVersion, FuseV1Options }, false));
    const wire = (await getCurrentFuseWire(file)) as unknown as Readonly<Record<number, number>>;
    expect(names.map((_, index) => wire[index])).toEqual(FUSES.map(({ on }) => (on ? ON : OFF)));
    expect(readFileSync(file)).toHaveLength(2000 + SENTINEL.length + 2 + names.length);
  });

  it('stop the packaging when Electron has one more than the table', async () => {
    await expect(
      flipFuses(binary(names.length + 1), fuseConfig({ FuseVersion, FuseV1Options }, false)),
    ).rejects.toThrow('strictlyRequireAllFuses');
  });
});
