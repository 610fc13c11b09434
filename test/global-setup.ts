import { execFileSync } from 'node:child_process';

import { projectRoot } from './project-root.ts';

/** Builds the command line once, so that the tests that start it find it ready. */
export function setup(): void {
  execFileSync(process.execPath, ['build/cli/breakglass.mjs', '--version'], { cwd: projectRoot });
}
