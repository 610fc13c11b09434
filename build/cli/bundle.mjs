import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { build } from 'vite';

/**
 * Bundles the command line into one file, `dist/cli/main.js`, in place of an older one at once: a process that starts
 * meanwhile finds the old file or the new one, whole.
 * @param {string} root the project's folder
 * @param {string} state name of the sources' state, written into the first line
 */
export async function bundleCli(root, state) {
  const folder = mkdtempSync(join(root, 'dist', '.cli-'));
  try {
    await build({
      root,
      configFile: false,
      logLevel: 'silent',
      ssr: { noExternal: true },
      build: {
        ssr: 'electron/cli/main.ts',
        outDir: folder,
        target: 'node20',
        minify: false,
        rolldownOptions: {
          output: { entryFileNames: 'main.js', codeSplitting: false, banner: `// sources ${state}` },
        },
      },
    });
    renameSync(join(folder, 'main.js'), join(root, 'dist', 'cli', 'main.js'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
