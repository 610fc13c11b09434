import { execFileSync, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'vite';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Bundles a tool of the tests, whose sources Node 20 can't run, and runs it in a process of its own: here the bundler's
 * heap and compiled code would have a part in what it measures. It is given the command line's bundle, made of the
 * sources as they are, and then the arguments of this process, whose exit code is that of the tool.
 * @param {string} name of the folder in `test`, with its `main.ts`, and of the one in `dist`
 * @param {{ emptyOutDir: boolean }} options whether what else lies in the folder in `dist` goes
 */
export async function runBundled(name, { emptyOutDir }) {
  const outDir = join(root, 'dist', name);
  execFileSync(process.execPath, [join(root, 'build', 'cli', 'breakglass.mjs'), '--version']);
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    ssr: { noExternal: true },
    build: {
      ssr: `test/${name}/main.ts`,
      outDir,
      emptyOutDir,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { entryFileNames: 'main.js', codeSplitting: false } },
    },
  });
  const args = [join(outDir, 'main.js'), join(root, 'dist', 'cli', 'main.js'), ...process.argv.slice(2)];
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
