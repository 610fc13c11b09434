import { spawnSync } from 'node:child_process';

import { projectRoot } from '../project-root.ts';
import { chooseHost, noteMissing } from './which-host.ts';

const EXIT_NO_BROWSER = 3;

/** Makes the host ready, once a run. */
// eslint-disable-next-line no-restricted-syntax -- Playwright reads the default export
export default function setup(): void {
  const args = chooseHost() === 'stand-in' ? [] : ['--demo-only'];
  const { status, stdout } = spawnSync(process.execPath, ['build/host/prepare.mjs', ...args], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status === EXIT_NO_BROWSER) noteMissing(stdout);
  else if (status !== 0) throw new Error(`The stand-in can't be made ready. ${stdout}`);
}
