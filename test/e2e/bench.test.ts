import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { describe, expect, it } from 'vitest';

import { projectRoot } from '../project-root.ts';

describe('npm run bench', () => {
  it('prints a row for every algorithm, command and state, and the unit', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['build/bench/run.mjs', '--quick'], {
      cwd: projectRoot,
    });
    expect(stdout).toMatch(/^one unit: secp256k1\.Point\.BASE\.multiply +\d+\.\d+ +ms CPU$/m);
    expect(stdout).toMatch(/^native RSA-4096 public operation +\d+\.\d+ +ms CPU$/m);
    expect(stdout).toMatch(/^native RSA-4096 private operation +\d+\.\d+ +ms CPU$/m);
    expect(stdout).toMatch(/^node -e 0 +\d+ +ms wall$/m);
    for (const [algorithm, aims] of [
      ['SECP256K1', '660 +330'],
      ['ED25519', '330 +165'],
    ] as const) {
      for (const command of ['verify', 'recover']) {
        expect(stdout).toMatch(
          new RegExp(`^${algorithm} ${command}, steady +\\d+\\.\\d +\\d+ +${aims}$`, 'm'),
        );
        const wallAim = command === 'recover' ? '350 +' : '';
        expect(stdout).toMatch(
          new RegExp(`^${algorithm} ${command}, cold +\\d+\\.\\d +\\d+ +\\d+ +${wallAim}\\d+$`, 'm'),
        );
      }
    }
  });
});

describe('npm run bench -- bucket', () => {
  it('makes a bucket, runs over it both ways, and prints a row for each', async () => {
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['build/bench/run.mjs', 'bucket', '--wallets', '4', '--workers', '1'],
      { cwd: projectRoot },
    );
    expect(stdout).toMatch(/^4 wallets, RSA-4096, 2 of 3/);
    for (const command of ['verify', 'recover-check'])
      expect(stdout).toMatch(new RegExp(`^${command} +1 +\\d+\\.\\d +\\d+\\.\\d +\\d+\\.\\d +\\d+$`, 'm'));
  });
});
