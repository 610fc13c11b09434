import { isAbsolute, win32 } from 'node:path';
import { describe, expect, it } from 'vitest';

import { usualModuleNamed, usualModules } from '../../../electron/hsm/modules.ts';

const all = (): boolean => true;

describe('usualModules', () => {
  it.each(['linux', 'darwin', 'win32', 'freebsd'] as const)('%s: absolute, one a maker', (platform) => {
    const modules = usualModules(platform, all);
    expect(modules.length).toBeGreaterThan(6);
    expect(new Set(modules.map(({ name }) => name)).size).toBe(modules.length);
    for (const { file } of modules) {
      expect(platform === 'win32' ? win32.isAbsolute(file) : isAbsolute(file)).toBe(true);
    }
  });

  it.each(['linux', 'darwin', 'win32'] as const)('%s: the makers that the docs name', (platform) => {
    const names = usualModules(platform, all).map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'OpenSC',
        'SoftHSM',
        'YubiHSM',
        'YubiKey PIV',
        'Nitrokey NetHSM',
        'Thales Luna',
      ]),
    );
  });

  it('only what is there, the first place of each', () => {
    const here = ['/usr/lib/softhsm/libsofthsm2.so', '/usr/local/lib/softhsm/libsofthsm2.so'];
    expect(usualModules('linux', (file) => here.includes(file))).toEqual([
      { name: 'SoftHSM', file: '/usr/lib/softhsm/libsofthsm2.so' },
    ]);
    expect(usualModules('linux', () => false)).toEqual([]);
  });
});

describe('usualModuleNamed', () => {
  it.each([
    ['softhsm2', 'linux', '/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so'],
    ['opensc-pkcs11', 'linux', '/usr/lib/x86_64-linux-gnu/opensc-pkcs11.so'],
    ['ykcs11', 'linux', '/usr/lib/x86_64-linux-gnu/libykcs11.so.2'],
    ['ykcs11', 'darwin', '/opt/homebrew/lib/libykcs11.dylib'],
    ['cryptoki', 'win32', 'C:\\Program Files\\SafeNet\\LunaClient\\cryptoki.dll'],
  ] as const)('%s on %s', (name, platform, file) => {
    expect(usualModuleNamed(name, platform, all)?.file).toBe(file);
  });

  it('one that is not known or not there', () => {
    expect(usualModuleNamed('unheard-of', 'linux', all)).toBeUndefined();
    expect(usualModuleNamed('softhsm2', 'linux', () => false)).toBeUndefined();
  });
});
