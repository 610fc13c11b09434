import './deny-network-now.ts';
import './deny-addons-now.ts';
import '../proof-pool/wallet-worker.ts';

/** The worker of whole wallets as it is bundled: a thread has its own modules, so it is cut off on its own. */
