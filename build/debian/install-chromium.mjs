import { existsSync } from 'node:fs';

import { installPackages } from './apt.mjs';

const NAMED = process.env['BREAKGLASS_CHROMIUM'];
const CHROMIUM = NAMED ?? '/usr/bin/chromium';
const PACKAGES = ['chromium', 'fonts-liberation', 'fonts-dejavu-core'];

/**
 * Sees to it that the stand-in has its browser: on Debian and as root it installs it.
 * @returns {string | undefined} what is missing, as a sentence; nothing where all is there
 */
export function installChromium() {
  if (existsSync(CHROMIUM)) return undefined;
  if (NAMED !== undefined) return `${CHROMIUM}, which BREAKGLASS_CHROMIUM names, is missing.`;
  const missing = installPackages(CHROMIUM, PACKAGES);
  if (missing !== undefined) return `${missing} Or name a Chromium in BREAKGLASS_CHROMIUM.`;
  return existsSync(CHROMIUM) ? undefined : `${CHROMIUM} is missing, although its package is installed.`;
}
