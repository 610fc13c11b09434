import { execFileSync } from 'node:child_process';

import { projectRoot } from './project-root.ts';

/**
 * Builds the command line once, so that the tests that start it find it ready, and installs the tokens in software where
 * that can be done; tests that need what is still missing say so themselves.
 */
export function setup(): void {
  const stdio = ['ignore', 'inherit', 'inherit'] as const;
  execFileSync(process.execPath, ['build/debian/install-tokens.mjs'], {
    cwd: projectRoot,
    stdio: [...stdio],
  });
  execFileSync(process.execPath, ['build/cli/breakglass.mjs', '--version'], { cwd: projectRoot });
}
