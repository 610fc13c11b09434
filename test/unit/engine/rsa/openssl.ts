import { execFileSync, spawnSync } from 'node:child_process';
import { describe, it } from 'vitest';

/** Whether the `openssl` program is there: an independent writer of key files. */
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/**
 * Runs `openssl` and answers with what it writes.
 * @param args the command and its options
 * @param input its standard input
 */
export function openssl(args: readonly string[], input: Uint8Array | string = ''): Uint8Array {
  return new Uint8Array(execFileSync('openssl', args, { input, stdio: ['pipe', 'pipe', 'ignore'] }));
}

/** A `describe` for tests on what `openssl` writes; without it, one skipped test says so in its name. */
export function describeOpenssl(name: string, suite: () => void): void {
  if (hasOpenssl) {
    describe(name, suite);
    return;
  }
  describe(name, () => {
    it.skip('needs the openssl program, which is absent', () => undefined);
  });
}
