import './deny-network-now.ts';
import '../hsm/bridge/main.ts';

/**
 * The HSM bridge as app and command line bundle it: no way of Node's to a network, whatever the vendor's library does.
 * It alone may load an addon.
 */
