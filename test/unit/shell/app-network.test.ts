import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { appNetworkOf } from '../../../electron/shell/app-network.ts';
import type { Machine } from '../../../shared/machine.ts';
import { watchMachine } from '../../../electron/shell/machine.ts';
import { projectRoot } from '../../project-root.ts';

const HEADING = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;
const line = (name: string): string => `${name.padStart(6)}: 1 2 0 0 0 0 0 0 1 2 0 0 0 0 0 0\n`;
const netDev = (...names: readonly string[]): string => HEADING + names.map(line).join('');

describe('the app’s network', () => {
  it.each([
    ['none', netDev('lo')],
    ['none', netDev('lo', 'tunl0', 'sit0', 'ip6tnl0')],
    ['shared', netDev('lo', 'eth0')],
    ['shared', netDev('wlp2s0')],
    ['shared', netDev('lo', 'tun0')],
    ['shared', netDev('lo', 'lo1')],
    ['unknown', undefined],
    ['unknown', ''],
    ['unknown', HEADING],
    ['unknown', `${HEADING}lo without a colon\n`],
  ])('is %s', (network, text) => {
    expect(appNetworkOf(text)).toBe(network);
  });
});

describe('the watch', () => {
  it('tells the machine at once, and then only what changed', () => {
    const told: Machine[] = [];
    let machine: Machine = { appNetwork: 'shared', memoryRisks: ['swap'] };
    let tick: (() => void) | undefined;
    const stop = watchMachine({
      read: () => machine,
      tell: (it) => told.push(it),
      every: (work) => {
        tick = work;
        return () => {
          tick = undefined;
        };
      },
    });
    tick?.();
    machine = { appNetwork: 'shared', memoryRisks: [] };
    tick?.();
    tick?.();
    expect(told.map(({ memoryRisks }) => memoryRisks)).toEqual([['swap'], []]);
    stop();
    expect(tick).toBeUndefined();
  });
});

const folder = mkdtempSync(join(tmpdir(), 'breakglass-wrapper-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const wrapperFile = join(projectRoot, 'build', 'package', 'linux', 'breakglass');
const mayUnshare =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--user', '--map-current-user', '--net', 'unshare', '--user', 'true']).status === 0;

describe.skipIf(process.platform !== 'linux')('the start wrapper for Linux', () => {
  const wrapper = join(folder, 'breakglass');
  const app = join(folder, 'breakglass-app');
  beforeAll(() => {
    copyFileSync(wrapperFile, wrapper);
    writeFileSync(
      app,
      '#!/bin/sh\nprintf "%s\\n" "$@"\necho ---\ncat /proc/self/net/dev\necho ---\nid -u\nulimit -c\ncat /proc/self/coredump_filter\nexit 7\n',
    );
    for (const file of [wrapper, app]) chmodSync(file, 0o755);
  });

  interface Run {
    readonly code: number | null;
    readonly args: string;
    readonly network: string;
    readonly rest: string;
    readonly stderr: string;
  }

  function runOf(command: string, args: readonly string[]): Run {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    const [given = '', network = '', rest = ''] = stdout.split('---\n');
    return { code: status, args: given, network, rest, stderr };
  }

  /** On a system of which root made something else before it is started. */
  const startedAfter = (setUp: string): Run => {
    const script = `${setUp} && exec "$0" "--a b" c`;
    return runOf('unshare', ['--user', '--map-root-user', '--mount', 'sh', '-c', script, wrapper]);
  };

  it.skipIf(!mayUnshare)(
    'starts the app without a network, as the same user, with its arguments as they were',
    () => {
      const { code, args, network, rest, stderr } = runOf(wrapper, ['--a b', 'c']);
      expect([args, stderr, code]).toEqual(['--a b\nc\n', '', 7]);
      expect(appNetworkOf(network)).toBe('none');
      const id = execFileSync('id', ['-u'], { encoding: 'utf8' }).trim();
      expect(rest.split('\n').slice(0, 3)).toEqual([id, '0', '00000000']);
    },
  );

  describe.skipIf(!mayUnshare)('starts it all the same, and says why', () => {
    const limit = (namespaces: number): string =>
      `echo ${String(namespaces)} >/proc/sys/user/max_user_namespaces`;
    const instead = (tool: string, by: string): string =>
      `for tool in /usr/bin/${tool} /bin/${tool}; do mount --bind ${by} "$tool"; done`;
    const old = join(folder, 'old-unshare');
    beforeAll(() => {
      writeFileSync(old, '#!/bin/sh\necho usage: unshare --user\n');
      chmodSync(old, 0o755);
    });

    it.each([
      ['no user may make a namespace', limit(0), /this system lets no user cut an app off/],
      ['Chromium’s sandbox would find no room in it', limit(1), /this system lets no user cut an app off/],
      ['it can’t be entered', instead('nsenter', '/bin/false'), /this system lets no user cut an app off/],
      ['unshare is old', instead('unshare', old), /unshare is too old/],
      ['there is no unshare', instead('unshare', '/dev/null'), /unshare and nsenter \(.*\) are not there/],
      ['there is no nsenter', instead('nsenter', '/dev/null'), /unshare and nsenter \(.*\) are not there/],
    ])('where %s', (_what, setUp, why) => {
      const { code, args, rest, stderr } = startedAfter(setUp);
      expect([args, code]).toEqual(['--a b\nc\n', 7]);
      expect(rest.split('\n').slice(1, 3)).toEqual(['0', '00000000']);
      expect(stderr).toMatch(why);
      expect(stderr.trim().split('\n')).toHaveLength(1);
    });
  });

  it.skipIf(!mayUnshare)('makes its namespaces once: two are enough, the other being Chromium’s', () => {
    const runs = Array.from({ length: 5 }, () => startedAfter('echo 2 >/proc/sys/user/max_user_namespaces'));
    for (const { code, network, stderr } of runs)
      expect([code, appNetworkOf(network), stderr]).toEqual([7, 'none', '']);
  });

  it('refuses --no-sandbox, as the app does', () => {
    const { code, args, stderr } = runOf(wrapper, ['c', '--no-sandbox']);
    expect([code, args]).toEqual([1, '']);
    expect(stderr).toMatch(/it does not start with --no-sandbox/);
  });

  it('is a script that any shell of POSIX reads', () => {
    execFileSync('sh', ['-n', wrapperFile]);
  });
});
