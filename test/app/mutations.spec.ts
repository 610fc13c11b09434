import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from '@playwright/test';

import { projectRoot } from '../project-root.ts';
import { test } from './fixture.ts';

/** A lock that `npm run test:lockdown-mutations` breaks, and the spec that has to see it. */
interface Mutation {
  readonly name: string;
  readonly file: string;
  readonly find: string;
  readonly spec: string;
  readonly title: string;
}

test('every lock that the mutations break is found where they look for it', async ({ appFolder }) => {
  const module = '../../build/host/mutations.mjs';
  const { MUTATIONS } = (await import(module)) as { readonly MUTATIONS: readonly Mutation[] };
  const lost = MUTATIONS.filter(({ file, find, spec, title }) => {
    const parts = readFileSync(join(appFolder, 'dist', 'app', file), 'utf8').split(find);
    const titles = readFileSync(join(projectRoot, 'test', 'app', spec), 'utf8');
    return parts.length !== 2 || !titles.includes(title);
  });
  expect(lost.map(({ name }) => name)).toEqual([]);
});
