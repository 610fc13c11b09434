import { describe, expect, it } from 'vitest';

import {
  AIR_GAP_POLL_MS,
  describeInterfaces,
  readInterfaces,
  watchAirGap,
  type LinuxInterface,
} from '../../../electron/shell/air-gap.ts';
import type { NetworkInterface } from '../../../shared/session-state.ts';
import { HandClock } from './fakes.ts';

const linux = (name: string, operState: string | undefined, flags: number | undefined): LinuxInterface => ({
  name,
  operState,
  flags,
});
const outside = [{ internal: false }];
const inside = [{ internal: true }];

describe('interfaces', () => {
  it.each([
    ['up without an address', linux('eth0', 'up', 0x1003), true],
    ['down', linux('eth0', 'down', 0x1003), false],
    ['switched off', linux('eth0', 'down', 0x1002), false],
    ['switched off, state unknown', linux('tun0', 'unknown', 0x90), false],
    ['a tunnel, whose state is unknown', linux('wg0', 'unknown', 0x91), true],
    ['dormant', linux('wlan0', 'dormant', 0x1003), true],
    ['nothing can be read of it', linux('odd0', undefined, undefined), true],
  ])('on Linux: %s', (_name, entry, up) => {
    expect(describeInterfaces({}, [entry])).toEqual([{ name: entry.name, up, loopback: false }]);
  });

  it('know the loopback one by its flag and by its addresses', () => {
    const lo = [{ name: 'lo', up: true, loopback: true }];
    expect(describeInterfaces({}, [linux('lo', 'unknown', 0x9)])).toEqual(lo);
    expect(describeInterfaces({ lo: inside }, [])).toEqual(lo);
    expect(describeInterfaces({ lo: [...inside, ...outside] }, [])[0]?.loopback).toBe(false);
  });

  it('trust no internal address of an interface that is not the loopback one', () => {
    expect(describeInterfaces({ eth0: inside }, [linux('eth0', 'up', 0x3)])[0]?.loopback).toBe(false);
  });

  it('with an address are up, whatever Linux says', () => {
    expect(describeInterfaces({ en0: outside }, [linux('en0', 'down', 0x3)])[0]?.up).toBe(true);
  });

  it('are sorted by name', () => {
    const names = describeInterfaces({ b: outside, a: outside }, [linux('c', 'up', 1)]).map(
      ({ name }) => name,
    );
    expect(names).toEqual(['a', 'b', 'c']);
  });

  it('are read on this machine', () => {
    for (const { name, up } of readInterfaces())
      expect([typeof name, typeof up]).toEqual(['string', 'boolean']);
  });
});

describe('the watch', () => {
  it('tells the interfaces at once, and again only when they change', () => {
    const clock = new HandClock();
    const told: (readonly NetworkInterface[])[] = [];
    let now: readonly NetworkInterface[] = [{ name: 'eth0', up: false, loopback: false }];
    const stop = watchAirGap({ read: () => now, tell: (it) => told.push(it), every: clock.every });
    clock.pass(5 * AIR_GAP_POLL_MS);
    expect(told).toHaveLength(1);
    now = [{ name: 'eth0', up: true, loopback: false }];
    clock.pass(AIR_GAP_POLL_MS);
    expect(told).toHaveLength(2);
    expect(told[1]).toEqual(now);
    stop();
    now = [];
    clock.pass(5 * AIR_GAP_POLL_MS);
    expect(told).toHaveLength(2);
  });
});
