import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';
import { packagingTool } from './tools.ts';

/** What is looked at of the configuration; electron-builder's own schema looks at the rest. */
interface Config {
  readonly flatpak: { readonly finishArgs: readonly string[] };
  readonly snapcraft: {
    readonly core24: { readonly confinement: string; readonly plugs: readonly unknown[] };
  };
  readonly appImage: object;
  readonly mac: Readonly<Record<'entitlements' | 'entitlementsInherit', string>> & {
    readonly hardenedRuntime: boolean;
    readonly preAutoEntitlements: boolean;
    readonly extendInfo: { readonly ElectronTeamID: string };
  };
  readonly appx: { readonly capabilities: readonly string[]; readonly customManifestPath: string };
  readonly nsis: { readonly include: string; readonly perMachine: boolean };
  readonly linux: { readonly icon: string };
  readonly win: { readonly icon: string };
  readonly publish: unknown;
  readonly npmRebuild: boolean;
}

const require = createRequire(import.meta.url);
const { builderConfig } = await packagingTool<{
  readonly builderConfig: (paths: Readonly<Record<string, string | undefined>>) => Config;
}>('builder-config.mjs');
const { teamOf } = await packagingTool<{ readonly teamOf: (entitlements: string) => string }>(
  'apple-team.mjs',
);
const config = builderConfig({
  root: projectRoot,
  output: '/tmp/out',
  electronDist: '/tmp/electron',
  electronVersion: '45.0.0',
  pkcs11js: join(projectRoot, 'node_modules', 'pkcs11js'),
});
const read = (file: string): string => readFileSync(file, 'utf8');
const withoutComments = (xml: string): string => xml.replaceAll(/<!--[^]*?-->/g, '');

const validate = async (candidate: object): Promise<void> => {
  const { validateConfiguration } = require('app-builder-lib/out/util/config/config') as {
    readonly validateConfiguration: (config: object, log: { readonly isEnabled: boolean }) => Promise<void>;
  };
  await validateConfiguration(candidate, { isEnabled: false });
};

it('fits electron-builder’s own schema, which refuses what it does not know', async () => {
  await validate(config);
  await expect(validate({ ...config, hardenedRuntime: true })).rejects.toThrow(/hardenedRuntime/);
});

it('leaves the records of the sessions where they are when it is uninstalled', () => {
  // electron-builder's uninstaller deletes the app's data where this key is true.
  expect(read(require.resolve('app-builder-lib/templates/nsis/uninstaller.nsh'))).toMatch(
    /!ifdef DELETE_APP_DATA_ON_UNINSTALL[^]*RMDir \/r "\$APPDATA/,
  );
  expect(JSON.stringify(config)).not.toContain('deleteAppDataOnUninstall');
});

it('publishes nothing and builds no package anew', () => {
  expect([config.publish, config.npmRebuild]).toEqual([null, false]);
});

describe('where the system can refuse the network, it does', () => {
  it('Flatpak: the manifest shares no network, no session bus, no home folder', () => {
    const { default: FlatpakTarget } = require('app-builder-lib/out/targets/FlatpakTarget') as {
      readonly default: { readonly prototype: FlatpakMaker };
    };
    interface FlatpakMaker {
      getFlatpakBuilderOptions: (
        this: object,
        appOutDir: string,
        stageDir: string,
        name: string,
        arch: number,
      ) => { readonly manifest: { readonly finishArgs: readonly string[] } };
    }
    const maker = {
      options: config.flatpak,
      appId: 'org.breakglass.Breakglass',
      packager: { executableName: 'breakglass', config: {} },
      outDir: '/tmp/out',
    };
    const { manifest } = FlatpakTarget.prototype.getFlatpakBuilderOptions.call(
      maker,
      '/a',
      '/s',
      'b.flatpak',
      1,
    );
    expect(manifest.finishArgs).toEqual(config.flatpak.finishArgs);
    expect(manifest.finishArgs.length).toBeGreaterThan(0);
    expect(manifest.finishArgs.join(' ')).not.toMatch(
      /network|--socket=(?:session|system)-bus|--filesystem|--talk-name/,
    );
  });

  it('Snap: strict, with no plug for the network, in what electron-builder makes of it', () => {
    const { SnapCore24 } = require('app-builder-lib/out/targets/snap/core24') as {
      readonly SnapCore24: {
        readonly prototype: {
          processPlugOrSlots: (
            this: object,
            plugs: readonly unknown[],
          ) => { readonly root: object; readonly app: readonly string[] };
          // Without it the app would be started with --no-sandbox, which it refuses.
          isBrowserSandboxAllowed: (this: object, plugs: object) => boolean;
        };
      };
    };
    const { confinement, plugs } = config.snapcraft.core24;
    const made = SnapCore24.prototype.processPlugOrSlots.call(SnapCore24.prototype, plugs);
    expect(confinement).toBe('strict');
    expect(made.app).toContain('desktop');
    expect(JSON.stringify(made)).not.toMatch(/network|bluetooth|modem|docker|firewall/);
    expect(made.root).toMatchObject({
      'browser-sandbox': { interface: 'browser-support', 'allow-sandbox': true },
    });
    expect(SnapCore24.prototype.isBrowserSandboxAllowed(made.root)).toBe(true);
    expect(SnapCore24.prototype.isBrowserSandboxAllowed({})).toBe(false);
  });

  it.each(['entitlements', 'entitlementsInherit'] as const)(
    'macOS: the %s put it into the App Sandbox, without any network entitlement',
    (name) => {
      const keys = [
        ...withoutComments(read(config.mac[name])).matchAll(/<key>(.+?)<\/key>\s*<(true|false)\/>/g),
      ].map(([, key, value]) => [key, value]);
      expect(keys).toContainEqual(['com.apple.security.app-sandbox', 'true']);
      const allowed =
        /^com\.apple\.security\.(?:app-sandbox|inherit|smartcard|files\.user-selected\.read-write|cs\.allow-jit)$/;
      expect(keys.filter(([key = '']) => !allowed.test(key))).toEqual([]);
      expect(withoutComments(read(config.mac[name]))).not.toContain('network');
      expect([config.mac.hardenedRuntime, config.mac.preAutoEntitlements]).toEqual([true, false]);
      expect(config.mac.extendInfo.ElectronTeamID).toBe(teamOf(read(config.mac.entitlements)));
    },
  );

  it('Windows: neither the AppX manifest nor its capabilities name the internet', () => {
    const { default: AppXTarget } = require('app-builder-lib/out/targets/AppxTarget') as {
      readonly default: { readonly prototype: { getCapabilities: (this: object) => string } };
    };
    const xml = AppXTarget.prototype.getCapabilities.call({ options: config.appx });
    expect(xml).toContain('runFullTrust');
    const manifest = withoutComments(read(config.appx.customManifestPath));
    expect(manifest).toContain('${capabilities}');
    expect(`${xml}${manifest}`).not.toMatch(
      /internetClient|privateNetwork|<(?:\w+:)?Capability[^>]*[Ii]nternet/,
    );
    // Its own words and the template's: electron-builder's default has the same place for them.
    for (const [, macro] of manifest.matchAll(/\$\{(\w+)\}/g))
      expect(read(require.resolve('app-builder-lib/templates/appx/appxmanifest.xml'))).toContain(
        `\${${String(macro)}}`,
      );
  });

  it('Windows: the installer closes the firewall for it, both ways, and opens it again when it goes', () => {
    const script = read(config.nsis.include);
    expect(config.nsis.perMachine).toBe(true);
    for (const direction of ['in', 'out'])
      expect(script).toMatch(
        new RegExp(`customInstall[^]*add rule .* dir=${direction} action=block program="\\$INSTDIR`),
      );
    expect(script).toMatch(/customUnInstall[^]*delete rule/);
    // Told when either rule fails. `!=` compares texts, as nsExec's "error" is one.
    expect(script).toMatch(
      /dir=out [^]*?Pop \$0\s[^]*?dir=in [^]*?Pop \$1\s+\$\{If\} \$0 != 0\s+\$\{OrIf\} \$1 != 0\s+MessageBox/,
    );
    // Each nsExec::Exec leaves one value behind.
    expect(script.match(/Pop \$\d/g)).toHaveLength(script.match(/nsExec::Exec/g)?.length ?? 0);
  });
});

it('has pictures of the right kind for each system', () => {
  const head = (file: string, length: number): Buffer => readFileSync(file).subarray(0, length);
  expect(head(join(projectRoot, 'build/icons/icon.icns'), 4).toString()).toBe('icns');
  expect(head(config.win.icon, 6).toString('hex')).toBe('000001000400');
  for (const size of [16, 32, 48, 64, 128, 256, 512]) {
    const png = readFileSync(join(config.linux.icon, `${String(size)}x${String(size)}.png`));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
});
