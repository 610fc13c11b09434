import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, describe, expect, it } from 'vitest';

import { memorySentence } from '../../../electron/cli/text/machine.ts';
import { memoryRisksOf, type MemoryFacts } from '../../../electron/shell/memory-risks.ts';
import { MEMORY_RISKS } from '../../../shared/machine.ts';
import { Workspace } from '../../fixtures/cli.ts';
import { addRecoveryKey, addWallet, makeRecoveryKey, makeWallet } from '../../fixtures/wallets.ts';
import { projectRoot } from '../../project-root.ts';

const limits = (soft: string): string =>
  `Limit                     Soft Limit           Hard Limit           Units     \nMax core file size        ${soft}                    unlimited            bytes     \n`;
const SWAPS = 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n';
const PARTITION = '/dev/sda3                               partition\t8388604\t\t0\t\t-2\n';
const ZRAM = '/dev/zram0                              partition\t8388604\t\t0\t\t100\n';
const SAFE: MemoryFacts = {
  limits: limits('0'),
  corePattern: 'core\n',
  dumpFilter: '00000033\n',
  swaps: SWAPS,
  powerState: 'freeze mem\n',
  powerDisk: undefined,
};

describe('memory risks', () => {
  it.each<readonly [string, Partial<MemoryFacts>, readonly string[]]>([
    ['nothing swaps, dumps or hibernates', {}, []],
    ['dumps of any size', { limits: limits('unlimited') }, ['core-dumps']],
    [
      'dumps of any size, with nothing in them',
      { limits: limits('unlimited'), dumpFilter: '00000000\n' },
      [],
    ],
    [
      'a program that collects dumps whatever the limit is',
      { corePattern: '|/usr/share/apport/apport %p' },
      ['core-dumps'],
    ],
    [
      'it collects them, but they hold nothing',
      { corePattern: '|/usr/share/apport/apport %p', dumpFilter: '0' },
      [],
    ],
    ['dumps are piped to nothing', { corePattern: '|/bin/false\n' }, []],
    ['who gets the dumps is not known', { corePattern: undefined }, ['core-dumps']],
    ['limits without that line', { limits: 'Limit\n' }, ['core-dumps']],
    ['a partition to swap to', { swaps: SWAPS + PARTITION }, ['swap']],
    ['swap in memory', { swaps: SWAPS + ZRAM }, []],
    ['both', { swaps: SWAPS + ZRAM + PARTITION }, ['swap']],
    ['it can hibernate, to nowhere', { powerState: 'freeze mem disk\n' }, []],
    [
      'it can hibernate',
      { powerState: 'freeze mem disk\n', swaps: SWAPS + PARTITION },
      ['swap', 'hibernation'],
    ],
    [
      'hibernation is disabled',
      { powerState: 'freeze mem disk\n', powerDisk: '[disabled]\n', swaps: SWAPS + PARTITION },
      ['swap'],
    ],
    ['limits can’t be read', { limits: undefined }, ['unknown']],
    ['swap can’t be read', { swaps: undefined }, ['unknown']],
  ])('%s', (_what, facts, risks) => {
    expect(memoryRisksOf({ ...SAFE, ...facts })).toEqual(risks);
  });

  it('each has a sentence that says what to do', () => {
    for (const risk of MEMORY_RISKS) {
      const sentence = memorySentence(risk);
      expect([risk, /[.:] .+\.$/.test(sentence), sentence.length < 200]).toEqual([risk, true, true]);
    }
  });
});

const HOLD_KEYS = [
  ...['recover', 'bucket recover-check', 'ceremony generate', 'generate-recovery-keypair', 'shares split'],
  ...['shares combine', 'decrypt', 'print-address', 'validate-private-key', 'record sign', 'record new-key'],
];
const HOLD_NONE = ['verify', 'inspect', 'bucket verify', 'record verify', 'register check'];

describe('on the command line', () => {
  const workspace = new Workspace();
  const folder = mkdtempSync(join(tmpdir(), 'breakglass-memory-'));
  const cli = [process.execPath, join(projectRoot, 'build/cli/breakglass.mjs')];
  afterAll(() => {
    workspace.remove();
    rmSync(folder, { recursive: true });
  });

  /**
   * Starts a command where `/proc/swaps` says something else, in a mount namespace of its own, and where a dump may be
   * as large as this machine lets it.
   */
  function run(swaps: string, args: readonly string[]): SpawnSyncReturns<string> {
    const file = join(folder, 'swaps');
    writeFileSync(file, swaps);
    const script = 'mount --bind "$0" /proc/swaps && ulimit -S -c "$(ulimit -H -c)" && exec "$@"';
    const namespace = ['--user', '--map-root-user', '--mount', 'sh', '-c', script, file];
    return spawnSync('unshare', [...namespace, ...cli, ...args], { encoding: 'utf8' });
  }
  const mayMount =
    process.platform === 'linux' &&
    spawnSync('unshare', ['-rm', 'sh', '-c', 'mount --bind /proc/swaps /proc/swaps']).status === 0;

  function recover(swaps: string): SpawnSyncReturns<string> {
    const key = makeRecoveryKey();
    const wallet = makeWallet({ key, players: 2 });
    const files = [
      ...['--recovery-kit-file', addWallet(workspace, wallet)],
      ...['--private-key-file', addRecoveryKey(workspace, key)],
    ];
    return run(swaps, ['recover', ...files, '--key-id', wallet.keyId, '--quorum-id', wallet.quorumId]);
  }

  it.skipIf(!mayMount)('warns of swap before it opens a key, and of no dumps, since it emptied them', () => {
    const { status, stderr } = recover(SWAPS + PARTITION);
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining(`Warning: ${memorySentence('swap')}`) as string,
    ]);
    expect(stderr).not.toContain(memorySentence('core-dumps'));
  });

  it.skipIf(!mayMount)('says nothing where memory stays in memory', () => {
    const { status, stderr } = recover(SWAPS);
    const told = MEMORY_RISKS.filter((risk) => stderr.includes(memorySentence(risk)));
    expect([status, told]).toEqual([0, []]);
  });

  it
    .skipIf(!mayMount)
    .each([
      ...HOLD_KEYS.map((command) => ({ command, warns: true })),
      ...HOLD_NONE.map((command) => ({ command, warns: false })),
    ])('$command: warns of swap: $warns', ({ command, warns }) => {
    const { stderr } = run(SWAPS + PARTITION, command.split(' '));
    expect(stderr.includes(memorySentence('swap'))).toBe(warns);
  });

  it.skipIf(process.platform !== 'linux')(
    'every command leaves its memory out of dumps from the start',
    () => {
      const look = join(folder, 'look.mjs');
      const read = `import { readFileSync } from 'node:fs';
process.on('exit', () => console.error('filter', readFileSync('/proc/self/coredump_filter', 'utf8')));`;
      writeFileSync(look, read);
      const [node = '', program = ''] = cli;
      const { stderr } = spawnSync(node, ['--import', look, program, '--version'], { encoding: 'utf8' });
      expect(stderr).toContain('filter 00000000');
    },
  );
});
