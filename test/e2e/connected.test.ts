import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';

/** What the command line says of a network before a key is opened. */

const CLI = join(projectRoot, 'build/cli/breakglass.mjs');
/** A network of its own, and what the kernel says of it: with an interface that is up, or with none. */
const UP =
  'mount -t sysfs none /sys && ip link add up0 type veth peer name up1 && ip link set up0 up && ip link set up1 up && exec "$@"';
const DOWN = 'mount -t sysfs none /sys && exec "$@"';

const mayMake = process.platform === 'linux' && inNetwork(UP, ['true']).status === 0;

function inNetwork(
  script: string,
  command: readonly string[],
): { readonly status: number | null; readonly stderr: string } {
  const args = ['--user', '--map-root-user', '--mount', '--net', 'sh', '-c', script, 'sh', ...command];
  const { status, stderr } = spawnSync('unshare', args, { encoding: 'utf8' });
  return { status, stderr };
}

describe.skipIf(!mayMake)('a network', () => {
  const run = (script: string, ...args: readonly string[]): string =>
    inNetwork(script, [process.execPath, CLI, ...args]).stderr;

  it.each(['recover', 'ceremony generate', 'decrypt', 'shares combine'])(
    '%s: is named where one is up',
    (command) => {
      expect(run(UP, ...command.split(' '))).toContain('This machine is on a network (up0, up1)');
      expect(run(DOWN, ...command.split(' '))).not.toContain('This machine is on a network');
    },
  );

  it.each(['verify', 'record sign'])('%s: is nothing to tell', (command) => {
    expect(run(UP, ...command.split(' '))).not.toContain('This machine is on a network');
  });

  it('is not told among JSON', () => {
    expect(run(UP, 'decrypt', '--json')).toBe('');
  });
});
