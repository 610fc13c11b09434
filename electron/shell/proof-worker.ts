import './deny-network-now.ts';
import './deny-addons-now.ts';
import '../proof-pool/worker.ts';

/** The proof worker as the app bundles it: a thread has its own modules, so it is cut off on its own. */
