import { execFileSync } from 'node:child_process';
import type { Reporter, TestCase } from '@playwright/test/reporter';

import { chooseHost, whatIsMissing } from './which-host.ts';

/** Says which host the specs ran on, and counts them in the one plain line that other runs end with. */
// eslint-disable-next-line no-restricted-syntax -- Playwright reads the default export
export default class HostReporter implements Reporter {
  private readonly tests = new Map<string, TestCase>();

  onTestEnd(test: TestCase): void {
    this.tests.set(test.id, test);
  }

  onEnd(): void {
    const count = (outcome: ReturnType<TestCase['outcome']>): number =>
      [...this.tests.values()].filter((test) => test.outcome() === outcome).length;
    const passed = count('expected') + count('flaky');
    process.stdout.write(`\nRan on ${describeHost()}\n`);
    process.stdout.write(`${passed} passed, ${count('unexpected')} failed, ${count('skipped')} skipped\n`);
  }

  printsToStdio(): boolean {
    return false;
  }
}

function describeHost(): string {
  if (chooseHost() === 'electron') {
    return `Electron itself (${process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? 'node_modules/electron'})`;
  }
  const missing = whatIsMissing();
  if (missing !== undefined) return `nothing. ${missing}`;
  const chromium = execFileSync(process.env['BREAKGLASS_CHROMIUM'] ?? '/usr/bin/chromium', ['--version'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return `the stand-in for Electron: Node ${process.versions.node}, ${chromium.trim()}`;
}
