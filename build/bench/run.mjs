import { runBundled } from '../cli/run-bundled.mjs';

/** The benchmark: `npm run bench`. A bucket that was made for it stays in its folder for the next time. */

await runBundled('bench', { emptyOutDir: false });
