import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

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
const mayUnshare =
  process.platform === 'linux' &&
  spawnSync('unshare', ['--user', '--map-current-user', '--net', '/bin/true']).status === 0;

describe.skipIf(process.platform !== 'linux')('the start wrapper for Linux', () => {
  /** Puts the wrapper beside an app that says where it is, and starts it. */
  function started(...args: readonly string[]): { readonly stdout: string; readonly stderr: string } {
    const wrapper = join(folder, 'breakglass');
    copyFileSync(join(projectRoot, 'build', 'package', 'linux', 'breakglass'), wrapper);
    const app = join(folder, 'breakglass-app');
    writeFileSync(
      app,
      '#!/bin/sh\nprintf "%s\\n" "$@"\necho ---\ncat /proc/self/net/dev\necho ---\nid -u\nulimit -c\ncat /proc/self/coredump_filter\n',
    );
    for (const file of [wrapper, app]) chmodSync(file, 0o755);
    const { stdout, stderr } = spawnSync(wrapper, args, { encoding: 'utf8' });
    return { stdout, stderr };
  }

  it.skipIf(!mayUnshare)(
    'starts the app without a network, as the same user, with its arguments as they were',
    () => {
      const [args, network, rest] = started('--a b', 'c').stdout.split('---\n');
      expect(args).toBe('--a b\nc\n');
      expect(appNetworkOf(network)).toBe('none');
      const id = execFileSync('id', ['-u'], { encoding: 'utf8' }).trim();
      expect(rest?.split('\n').slice(0, 3)).toEqual([id, '0', '00000000']);
    },
  );

  it('is a script that any shell of POSIX reads', () => {
    execFileSync('sh', ['-n', join(projectRoot, 'build', 'package', 'linux', 'breakglass')]);
  });
});
