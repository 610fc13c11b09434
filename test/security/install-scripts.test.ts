import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';

/** One package of the lockfile, as far as it is read here. */
interface LockedPackage {
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
  readonly integrity?: string;
}

const APPROVED = 'pkcs11js';

const readJson = (name: string): unknown => JSON.parse(readFileSync(join(projectRoot, name), 'utf8'));

it('one package has an install script, it is optional, and its content is pinned', () => {
  const { packages } = readJson('package-lock.json') as {
    readonly packages: Readonly<Record<string, LockedPackage>>;
  };
  const withScript = Object.entries(packages).filter(([, { hasInstallScript }]) => hasInstallScript === true);
  expect(withScript.map(([name]) => name)).toEqual([`node_modules/${APPROVED}`]);
  expect(withScript[0]?.[1]).toMatchObject({ optional: true });
  expect(withScript[0]?.[1].integrity).toMatch(/^sha512-/);
});

it('it alone is approved, and an npm that knows approvals refuses any other', () => {
  const { allowScripts, scripts } = readJson('package.json') as {
    readonly allowScripts: Readonly<Record<string, boolean>>;
    readonly scripts: Readonly<Record<string, string>>;
  };
  expect(allowScripts).toEqual({ [APPROVED]: true });
  expect(readFileSync(join(projectRoot, '.npmrc'), 'utf8').split('\n')).toContain(
    'strict-allow-scripts=true',
  );
  // Nor does the project run anything of its own when it is installed.
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare'])
    expect(scripts).not.toHaveProperty(name);
});
