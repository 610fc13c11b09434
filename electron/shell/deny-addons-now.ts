import { denyAddons } from './deny-network.ts';

/** Refuses native addons to the importing thread at once: an import runs before the code of the file that names it. */

denyAddons();
