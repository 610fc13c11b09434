import { execFileSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

/** Bundles the benchmark, whose sources Node 20 can't run, and runs it in a process of its own. */

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const outDir = join(root, 'dist', 'bench');

// The cold processes run the command line's bundle, so it has to be that of the sources as they are.
execFileSync(process.execPath, [join(root, 'build', 'cli', 'breakglass.mjs'), '--version']);
await build({
  root,
  configFile: false,
  logLevel: 'silent',
  ssr: { noExternal: true },
  build: {
    ssr: 'test/bench/main.ts',
    outDir,
    // A bucket that was made for the benchmark stays there for the next time.
    emptyOutDir: false,
    target: 'node20',
    minify: false,
    rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
  },
});
// Not imported here, where the bundler's heap and compiled code would have a part in the figures.
const { status } = spawnSync(
  process.execPath,
  [join(outDir, 'main.js'), join(root, 'dist', 'cli', 'main.js'), ...process.argv.slice(2)],
  { stdio: 'inherit' },
);
process.exitCode = status ?? 1;
