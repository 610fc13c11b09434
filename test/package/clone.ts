import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { projectRoot } from '../project-root.ts';
import { packagingTool, type BuildInfo } from './tools.ts';

const { PAYLOAD_INPUTS } = await packagingTool<BuildInfo>('build-info.mjs');

/** What a clean clone holds of the product, and how npm is set; the tests have no part in it. */
const SOURCES = [...PAYLOAD_INPUTS, '.npmrc'];

/**
 * Makes a clean clone of the project with its packages: nothing that was built goes along, and every file is really
 * there, so that no path leads back.
 * @param folder that does not exist yet
 * @param isPrivate whether nobody else may read its sources, as with a umask of 077
 */
export function cloneProject(folder: string, isPrivate: boolean): void {
  mkdirSync(folder, { recursive: true });
  for (const part of SOURCES)
    cpSync(join(projectRoot, part), join(folder, part), { recursive: true, preserveTimestamps: false });
  if (isPrivate) execFileSync('chmod', ['-R', 'go-rwx', folder]);
  const packages = join(projectRoot, 'node_modules');
  try {
    execFileSync('cp', ['-al', packages, join(folder, 'node_modules')], { stdio: 'ignore' });
  } catch {
    // Another file system takes no hard links.
    execFileSync('rm', ['-rf', join(folder, 'node_modules')]);
    execFileSync('cp', ['-a', packages, join(folder, 'node_modules')]);
  }
}
