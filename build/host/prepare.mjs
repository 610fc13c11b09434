import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { bundleHost, bundleHostDemo } from './bundle-host.mjs';
import { installChromium } from '../debian/install-chromium.mjs';

/**
 * Makes the stand-in ready: browser and bundles. `--demo-only` leaves the stand-in out, for a run on Electron itself.
 * Exits with 3 where the browser is missing and that is no failure, which it is with CI=true.
 */

const EXIT_NO_BROWSER = 3;
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

if (!process.argv.includes('--demo-only')) {
  const missing = installChromium();
  if (missing !== undefined) {
    process.stdout.write(missing);
    process.exit(process.env['CI'] === 'true' ? 1 : EXIT_NO_BROWSER);
  }
  await bundleHost(root);
}
await bundleHostDemo(root);
