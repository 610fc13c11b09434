import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { projectRoot } from '../project-root.ts';

/** What `ELECTRON_OVERRIDE_DIST_PATH` names for a run on the stand-in. */
const STAND_IN = join(projectRoot, 'dist', 'host', 'dist');
/** Where the `electron` package notes that it has fetched its binary. */
const ELECTRON_FETCHED = join(projectRoot, 'node_modules', 'electron', 'path.txt');
/** Where the run says why there is no browser to run on. */
const MISSING_VARIABLE = 'BREAKGLASS_HOST_MISSING';

/** What the app runs on. */
export type HostName = 'stand-in' | 'electron';

/**
 * Decides on the host: a true Electron where `ELECTRON_OVERRIDE_DIST_PATH` names one or its binary was fetched, unless
 * BREAKGLASS_HOST=stand-in; else the stand-in, by the same variable. Run again in a worker, it decides the same.
 */
export function chooseHost(): HostName {
  const named = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (named === STAND_IN) return 'stand-in';
  const isElectronThere = named !== undefined || existsSync(ELECTRON_FETCHED);
  if (isElectronThere && process.env['BREAKGLASS_HOST'] !== 'stand-in') return 'electron';
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = STAND_IN;
  return 'stand-in';
}

/** Says, to the workers as well, that the stand-in has no browser. */
export function noteMissing(what: string): void {
  process.env[MISSING_VARIABLE] = what;
}

/** Why the specs can't run here. */
export function whatIsMissing(): string | undefined {
  return process.env[MISSING_VARIABLE];
}
