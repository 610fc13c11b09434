import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const CHROMIUM = process.env['BREAKGLASS_CHROMIUM'] ?? '/usr/bin/chromium';
const PACKAGES = ['chromium', 'fonts-liberation', 'fonts-dejavu-core'];

/** Waits for another installation to end. */
const LOCK_OPTION = ['-o', 'DPkg::Lock::Timeout=300'];

/**
 * Sees to it that the stand-in has its browser: on Debian and as root it installs it.
 * @returns {string | undefined} what is missing, as a sentence; nothing where all is there
 */
export function installChromium() {
  if (existsSync(CHROMIUM)) return undefined;
  const isDebians = process.env['BREAKGLASS_CHROMIUM'] === undefined && existsSync('/usr/bin/apt-get');
  if (!isDebians || process.getuid?.() !== 0) {
    return `${CHROMIUM} is missing: install ${PACKAGES.join(', ')}, or name a Chromium in BREAKGLASS_CHROMIUM.`;
  }
  try {
    aptGet('update');
    aptGet('install', '-y', '--no-install-recommends', ...PACKAGES);
  } catch (error) {
    return `${CHROMIUM} is missing and apt-get could not install it: ${String(error)}`;
  }
  return existsSync(CHROMIUM) ? undefined : `${CHROMIUM} is missing, although its package is installed.`;
}

/** @param {string[]} args */
function aptGet(...args) {
  execFileSync('apt-get', [...LOCK_OPTION, '-qq', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}
