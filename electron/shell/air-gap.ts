import { readdirSync, readFileSync } from 'node:fs';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';
import { join } from 'node:path';

import type { NetworkInterface } from '../../shared/session-state.ts';

/** How often the interfaces are looked at. */
export const AIR_GAP_POLL_MS = 1000;

/** Where Linux lists its interfaces, those without an address as well. */
const SYS_CLASS_NET = '/sys/class/net';

/** What stands for the interfaces while they can't be read: an air gap that can't be seen does not hold. */
export const UNREADABLE: readonly NetworkInterface[] = [{ name: 'unreadable', up: true, loopback: false }];

/** States of `operstate` in which nothing can pass (Linux, Documentation/networking/operstates.rst). */
const DOWN_STATES = ['down', 'notpresent', 'lowerlayerdown'];

/** IFF_UP of linux/if.h. */
const FLAG_UP = 0x1;

/** IFF_LOOPBACK of linux/if.h. */
const FLAG_LOOPBACK = 0x8;

/** What Linux says of one interface. */
export interface LinuxInterface {
  readonly name: string;
  /** Like `up`, `down` or `unknown`; undefined when it can't be read. */
  readonly operState: string | undefined;
  /** As in linux/if.h; undefined when they can't be read. */
  readonly flags: number | undefined;
}

/**
 * The interfaces of the machine, by name. One is up when it has an address in use, or when Linux does not say that
 * nothing can pass: what is not known counts as up.
 * @param addresses as `os.networkInterfaces()` gives them: of interfaces that are up, and have an address
 * @param linux what Linux lists; none elsewhere
 */
export function describeInterfaces(
  addresses: Readonly<Record<string, readonly Pick<NetworkInterfaceInfo, 'internal'>[] | undefined>>,
  linux: readonly LinuxInterface[],
): readonly NetworkInterface[] {
  const found = new Map<string, NetworkInterface>();
  for (const { name, operState, flags } of linux) {
    const off = flags !== undefined && (flags & FLAG_UP) === 0;
    found.set(name, {
      name,
      up: !off && !DOWN_STATES.includes(operState ?? 'unknown'),
      loopback: flags !== undefined && (flags & FLAG_LOOPBACK) !== 0,
    });
  }
  for (const [name, list = []] of Object.entries(addresses)) {
    if (list.length === 0) continue;
    const loopback = list.every(({ internal }) => internal) && found.get(name)?.loopback !== false;
    found.set(name, { name, up: true, loopback });
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Reads the interfaces of this machine; what can't be read counts as up. */
export function readInterfaces(): readonly NetworkInterface[] {
  try {
    return describeInterfaces(networkInterfaces(), process.platform === 'linux' ? readLinux() : []);
  } catch {
    return UNREADABLE;
  }
}

function readLinux(): readonly LinuxInterface[] {
  // Some entries, like bonding_masters, are files that stand for no interface.
  return readdirSync(SYS_CLASS_NET, { withFileTypes: true })
    .filter((entry) => entry.isSymbolicLink() || entry.isDirectory())
    .map(({ name }) => {
      const flags = Number(readLine(join(SYS_CLASS_NET, name, 'flags')) ?? Number.NaN);
      return {
        name,
        operState: readLine(join(SYS_CLASS_NET, name, 'operstate')),
        flags: Number.isInteger(flags) ? flags : undefined,
      };
    });
}

function readLine(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** What the watch looks with, so that tests need neither machine nor time. */
export interface AirGapPorts {
  readonly read: () => readonly NetworkInterface[];
  readonly tell: (interfaces: readonly NetworkInterface[]) => void;
  /** Calls back again and again; returns what stops it. */
  readonly every: (work: () => void, intervalMs: number) => () => void;
}

/**
 * Watches the interfaces while the app runs: tells them once at the start, and whenever they change.
 * @returns what stops the watch
 */
export function watchAirGap({ read, tell, every }: AirGapPorts): () => void {
  let last = '';
  const look = (): void => {
    const interfaces = read();
    const now = JSON.stringify(interfaces);
    if (now === last) return;
    last = now;
    tell(interfaces);
  };
  look();
  return every(look, AIR_GAP_POLL_MS);
}
