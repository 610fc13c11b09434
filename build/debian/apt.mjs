import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Waits for another installation to end. */
const LOCK_OPTION = ['-o', 'DPkg::Lock::Timeout=300'];

/**
 * Installs Debian packages that a test needs, on Debian and as root; elsewhere that is left to the user.
 * @param {string} what is missing
 * @param {readonly string[]} packages
 * @returns {string | undefined} what is missing, as a sentence; nothing where it was installed
 */
export function installPackages(what, packages) {
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    return `${what} is missing: install ${packages.join(', ')}.`;
  }
  try {
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', ...packages);
    return undefined;
  } catch (error) {
    return `${what} is missing and apt-get could not install it: ${String(error)}`;
  }
}

/** @param {string[]} args */
function aptGet(...args) {
  execFileSync('apt-get', [...LOCK_OPTION, '-qq', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
