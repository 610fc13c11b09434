import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { installPackages } from './apt.mjs';

/**
 * Sees to it that the tests have tokens in software, a compiler for the module that goes wrong, and the programs that
 * others sign records with: on Debian and as root
 * it installs them. Says what is missing, and leaves it to the tests to skip or to fail.
 */

const PACKAGES = ['softhsm2', 'libnss3', 'libnss3-tools', 'gcc', 'libc6-dev', 'openssh-client', 'minisign'];
const TOOLS = ['softhsm2-util', 'certutil', 'cc', 'ssh-keygen', 'minisign'];

const missing = missingTools();
if (missing.length > 0) {
  const why = installPackages(missing.join(', '), PACKAGES);
  if (why !== undefined) process.stdout.write(`${why}\n`);
}

function missingTools() {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return TOOLS.filter((tool) => !folders.some((folder) => existsSync(join(folder, tool))));
}
