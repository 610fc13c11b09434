import { execFileSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

/** Bundles the soak, whose sources Node 20 can’t run, and starts it: `npm run soak`. */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const outDir = join(root, 'dist', 'soak');

// What is killed is the command line's bundle, so it has to be that of the sources as they are.
execFileSync(process.execPath, [join(root, 'build', 'cli', 'breakglass.mjs'), '--version']);
await build({
  root,
  configFile: false,
  logLevel: 'silent',
  ssr: { noExternal: true },
  build: {
    ssr: 'test/soak/main.ts',
    outDir,
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
  },
});
// The path of the bundle is where the children start, too.
const { status } = spawnSync(
  process.execPath,
  [join(outDir, 'main.js'), join(root, 'dist', 'cli', 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
