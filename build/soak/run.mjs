import { runBundled } from '../cli/run-bundled.mjs';

/** The soak: `npm run soak`. The path of its bundle is where its children start, too. */

await runBundled('soak', { emptyOutDir: true });
