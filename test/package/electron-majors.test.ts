import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';
import { packagingTool } from './tools.ts';

interface Majors {
  readonly MAJORS: { readonly asOf: string; readonly stable: readonly { readonly date: string }[] };
  readonly electronComplaint: (version: string, today: Date) => string | undefined;
}

const { MAJORS, electronComplaint } = await packagingTool<Majors>('electron-majors.mjs');
const asOf = new Date(MAJORS.asOf);
const { devDependencies } = JSON.parse(readFileSync(join(projectRoot, 'package.json'), 'utf8')) as {
  readonly devDependencies: Readonly<Record<string, string>>;
};

it('the Electron of this project is of a supported major, by the table and its date', () => {
  expect(electronComplaint(devDependencies['electron'] ?? '', asOf)).toBeUndefined();
  expect(MAJORS.stable.every(({ date }) => Date.parse(date) <= asOf.getTime())).toBe(true);
});

it.each(['45.5.0', '44.0.0', '43.9.9'])('%s is supported', (version) => {
  expect(electronComplaint(version, asOf)).toBeUndefined();
});

it.each(['42.9.9', '46.0.0-alpha.5', '4.5.0', 'latest'])('%s is not', (version) => {
  expect(electronComplaint(version, asOf)).toMatch(/not of a supported major \(45, 44, 43/);
});

it('a table that has aged says so', () => {
  const later = (days: number): Date => new Date(asOf.getTime() + days * 86_400_000);
  expect(electronComplaint('45.5.0', later(60))).toBeUndefined();
  expect(electronComplaint('45.5.0', later(61))).toMatch(/is 61 days old/);
});
