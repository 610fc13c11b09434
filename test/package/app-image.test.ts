import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';
import { packagingTool } from './tools.ts';

/** What of electron-builder makes an AppImage, as far as it is called here. */
interface AppImageTarget {
  readonly desktopEntry: { readonly value: Promise<string> };
}
type AppImageTargetMaker = new (
  ignored: string,
  packager: object,
  helper: object,
  outDir: string,
) => AppImageTarget;

const require = createRequire(import.meta.url);
const { default: Target } = require('app-builder-lib/out/targets/appimage/AppImageTarget') as {
  readonly default: AppImageTargetMaker;
};
const { generateAppRunScript } = require('app-builder-lib/out/targets/appimage/appImageUtil') as {
  readonly generateAppRunScript: (config: Readonly<Record<string, string>>) => string;
};
const { LinuxTargetHelper } = require('app-builder-lib/out/targets/LinuxTargetHelper') as {
  readonly LinuxTargetHelper: new (packager: object) => object;
};
const { builderConfig } = await packagingTool<{
  readonly builderConfig: (paths: Readonly<Record<string, string | undefined>>) => { readonly linux: object };
}>('builder-config.mjs');

it('its entry in a desktop starts it with its sandbox', async () => {
  const config = builderConfig({
    root: projectRoot,
    output: '/tmp/out',
    electronDist: '/tmp/electron',
    electronVersion: '45.0.0',
  });
  const packager = {
    config,
    platformSpecificBuildOptions: config.linux,
    executableName: 'breakglass',
    appInfo: { productName: 'Breakglass', description: '', buildVersion: '1' },
    info: { metadata: { desktopName: 'breakglass.desktop' } },
    fileAssociations: [],
  };
  const entry = await new Target('', packager, new LinuxTargetHelper(packager), '').desktopEntry.value;
  expect(entry).toMatch(/^Exec=AppRun %U$/m);
  expect(entry).not.toContain('sandbox');
});

const folder = mkdtempSync(join(tmpdir(), 'breakglass-appimage-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;
const mayUnshare = spawnSync('unshare', ['--user', '--map-root-user', 'true']).status === 0;

describe.skipIf(process.platform !== 'linux' || !hasBash)('its start script, of electron-builder', () => {
  const tools = join(folder, 'tools');
  beforeAll(() => {
    const script = generateAppRunScript({
      DesktopFileName: 'breakglass.desktop',
      ExecutableName: 'breakglass',
      ProductName: 'Breakglass',
      ProductFilename: 'Breakglass',
      ResourceName: 'appimagekit-breakglass',
    });
    writeFileSync(join(folder, 'AppRun'), script);
    writeFileSync(join(folder, 'breakglass-app'), '#!/bin/sh\nprintf "started %s\\n" "$*"\n');
    copyFileSync(join(projectRoot, 'build', 'package', 'linux', 'breakglass'), join(folder, 'breakglass'));
    for (const name of ['AppRun', 'breakglass-app', 'breakglass']) chmodSync(join(folder, name), 0o755);
  });

  function started(environment: NodeJS.ProcessEnv): {
    readonly code: number | null;
    readonly stdout: string;
    readonly stderr: string;
  } {
    const run = spawnSync(join(folder, 'AppRun'), ['a b'], { encoding: 'utf8', env: environment });
    return { code: run.status, stdout: run.stdout, stderr: run.stderr };
  }

  it.skipIf(!mayUnshare)('starts the app where a user may make a namespace', () => {
    expect(started(process.env)).toMatchObject({ code: 0, stdout: 'started a b\n' });
  });

  it('elsewhere asks for no sandbox, which the start wrapper refuses in words', () => {
    spawnSync('mkdir', ['-p', tools]);
    const bash = spawnSync('sh', ['-c', 'command -v bash'], { encoding: 'utf8' }).stdout.trim();
    symlinkSync(bash, join(tools, 'bash'));
    for (const name of ['dirname', 'readlink', 'env', 'sh']) {
      const path = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).stdout.trim();
      symlinkSync(path, join(tools, name));
    }
    const { code, stdout, stderr } = started({ PATH: tools, APPDIR: folder });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^breakglass: it does not start with --no-sandbox.*install the deb/s);
  });
});
