import { readFileSync } from 'node:fs';

import type { AppNetwork } from '../../shared/machine.ts';

/**
 * Interfaces that the kernel puts into every new network namespace: the loopback, and the ends of tunnels that lead
 * nowhere without another interface below them (Linux, net/ipv4/ip_tunnel.c and relatives).
 */
const LEADS_NOWHERE =
  /^(?:lo|tunl0|gre0|gretap0|erspan0|ip_vti0|ip6_vti0|sit0|ip6tnl0|ip6gre0|ip6gretap0|ip6erspan0)$/;

/** Lines of `/proc/net/dev` that are its heading. */
const HEADING = 2;

/**
 * Whether a process has a network, from the kernel's list of interfaces in its own namespace. What starts the app sets
 * nothing that this relies on.
 * @param netDev what `/proc/self/net/dev` says (proc(5)); undefined where it can't be read
 */
export function appNetworkOf(netDev: string | undefined): AppNetwork {
  const lines = netDev?.trimEnd().split('\n').slice(HEADING);
  if (lines === undefined || lines.length === 0) return 'unknown';
  const names = lines.map((line) => /^\s*([^:]+):/.exec(line)?.[1]);
  if (names.includes(undefined)) return 'unknown';
  return names.every((name) => LEADS_NOWHERE.test(name ?? '')) ? 'none' : 'shared';
}

/** Reads whether this process has a network. */
export function readAppNetwork(): AppNetwork {
  try {
    return appNetworkOf(readFileSync('/proc/self/net/dev', 'utf8'));
  } catch {
    return 'unknown';
  }
}
