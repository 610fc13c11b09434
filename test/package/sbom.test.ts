import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';
import { packagingTool } from './tools.ts';

interface Bom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly serialNumber: string;
  readonly metadata: {
    readonly timestamp?: string;
    readonly component: { readonly name: string; readonly 'bom-ref': string };
  };
  readonly components: readonly {
    readonly 'bom-ref': string;
    readonly name: string;
    readonly version: string;
    readonly purl: string;
    readonly licenses: readonly unknown[];
    readonly hashes?: readonly { readonly alg: string; readonly content: string }[];
  }[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

const { sbomOf } = await packagingTool<{ readonly sbomOf: (root: string) => string }>('sbom.mjs');
const readJson = (name: string): unknown => JSON.parse(readFileSync(join(projectRoot, name), 'utf8'));
const bom = JSON.parse(sbomOf(projectRoot)) as Bom;
const { dependencies, optionalDependencies } = readJson('package.json') as Readonly<
  Record<'dependencies' | 'optionalDependencies', Readonly<Record<string, string>>>
>;

it('names every runtime package at its pinned version, and Electron', () => {
  const named = bom.components.map(({ name, version }) => `${name}@${version}`);
  const pinned = Object.entries({ ...dependencies, ...optionalDependencies });
  expect(pinned.length).toBeGreaterThan(5);
  for (const [name, version] of pinned) expect(named).toContain(`${name}@${version}`);
  expect(named.some((it) => it.startsWith('electron@'))).toBe(true);
});

it('names no development package, and nothing twice', () => {
  const named = bom.components.map(({ name }) => name);
  for (const name of ['vitest', 'eslint', 'vite', 'typescript', 'electron-builder', '@playwright/test'])
    expect(named).not.toContain(name);
  const refs = bom.components.map((component) => component['bom-ref']);
  expect(new Set(refs).size).toBe(refs.length);
});

it('has a hash, a licence and a package URL for each', () => {
  for (const { purl, licenses, hashes } of bom.components) {
    expect(purl).toMatch(/^pkg:npm\/(?:%40[^/@]+\/)?[^/@]+@\d/);
    expect(licenses).toHaveLength(1);
    expect(JSON.stringify(licenses)).not.toContain('NOASSERTION');
    expect(hashes?.[0]).toMatchObject({
      alg: 'SHA-512',
      content: expect.stringMatching(/^[0-9a-f]{128}$/) as string,
    });
  }
});

it('says who needs whom, and everything is reached from the project', () => {
  const needs = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const project = bom.metadata.component['bom-ref'];
  expect([...needs.keys()].sort()).toEqual([project, ...bom.components.map((it) => it['bom-ref'])].sort());
  const direct = [...Object.keys({ ...dependencies, ...optionalDependencies }), 'electron'].sort();
  expect(
    needs
      .get(project)
      ?.map((ref) => ref.split('|node_modules/')[1] ?? '')
      .sort(),
  ).toEqual(direct);
  const reached = new Set([project]);
  for (const ref of reached) for (const next of needs.get(ref) ?? []) reached.add(next);
  expect([...reached].sort()).toEqual([...needs.keys()].sort());
  for (const { dependsOn } of bom.dependencies) expect(new Set(dependsOn).size).toBe(dependsOn.length);
});

it('finds of two versions the nearer one, as Node does', async () => {
  const { shippedPackages } = await packagingTool<{
    readonly shippedPackages: (root: string) => readonly {
      readonly path: string;
      readonly dependsOn: readonly string[];
    }[];
  }>('shipped-packages.mjs');
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-lockfile-'));
  try {
    const packages = {
      '': { version: '1.0.0', dependencies: { a: '1.0.0', b: '1.0.0' } },
      'node_modules/a': { version: '1.0.0', dependencies: { '@x/c': '2.0.0', d: '1.0.0', gone: '1.0.0' } },
      'node_modules/a/node_modules/@x/c': { version: '2.0.0', peerDependencies: { d: '*', a: '*' } },
      'node_modules/b': { version: '1.0.0', optionalDependencies: { '@x/c': '1.0.0' } },
      'node_modules/@x/c': { version: '1.0.0' },
      'node_modules/d': { version: '1.0.0' },
      'node_modules/gone': { version: '1.0.0', dev: true },
    };
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }));
    expect(Object.fromEntries(shippedPackages(folder).map((it) => [it.path, it.dependsOn]))).toEqual({
      'node_modules/a': ['node_modules/a/node_modules/@x/c', 'node_modules/d'],
      'node_modules/a/node_modules/@x/c': ['node_modules/a', 'node_modules/d'],
      'node_modules/b': ['node_modules/@x/c'],
      'node_modules/@x/c': [],
      'node_modules/d': [],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

it('says CycloneDX, has no time in it, and a serial number that is one of its contents', () => {
  expect([bom.bomFormat, bom.specVersion, bom.metadata.component.name]).toEqual([
    'CycloneDX',
    '1.5',
    'breakglass',
  ]);
  expect(bom.metadata.timestamp).toBeUndefined();
  expect(bom.serialNumber).toMatch(
    /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
  );
  expect(sbomOf(projectRoot)).toBe(sbomOf(projectRoot));

  const changed = mkdtempSync(join(tmpdir(), 'breakglass-sbom-'));
  try {
    const lock = readFileSync(join(projectRoot, 'package-lock.json'), 'utf8');
    writeFileSync(join(changed, 'package.json'), readFileSync(join(projectRoot, 'package.json')));
    writeFileSync(
      join(changed, 'package-lock.json'),
      lock.replaceAll(/"version": "19\.\d+\.\d+"/g, '"version": "19.99.0"'),
    );
    expect((JSON.parse(sbomOf(changed)) as Bom).serialNumber).not.toBe(bom.serialNumber);
  } finally {
    rmSync(changed, { recursive: true });
  }
});
