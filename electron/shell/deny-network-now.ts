import { denyNetwork } from './deny-network.ts';

/** Cuts the importing thread off at once: an import runs before the code of the file that names it. */

denyNetwork();
