import { describe, expect, it } from 'vitest';

import { REFUSED_SWITCHES, refuseDebugging, setSwitches, SWITCHES } from '../../electron/shell/switches.ts';

function commandLine(...given: readonly string[]) {
  const set = new Map<string, string | undefined>(given.map((name) => [name, undefined]));
  return {
    set,
    appendSwitch: (name: string, value?: string) => void set.set(name, value),
    hasSwitch: (name: string) => set.has(name),
  };
}

describe('switches', () => {
  it.each(SWITCHES.map(({ name, value }) => [name, value]))('--%s is set', (name, value) => {
    const line = commandLine();
    setSwitches(line);
    expect(line.set.has(name)).toBe(true);
    expect(line.set.get(name)).toBe(value);
  });

  it.each(['disable-background-networking', 'disable-component-update', 'disable-breakpad', 'no-pings'])(
    '--%s stands in the table',
    (name) => {
      expect(SWITCHES.map((it) => it.name)).toContain(name);
    },
  );

  it('finds no name, and leads to a dead proxy', () => {
    const line = commandLine();
    setSwitches(line);
    expect(line.set.get('host-resolver-rules')).toBe('MAP * ~NOTFOUND');
    expect(line.set.get('proxy-server')).toBe('http://127.0.0.1:9');
    expect(line.set.get('proxy-bypass-list')).toBe('<-loopback>');
    expect(line.set.get('force-webrtc-ip-handling-policy')).toBe('disable_non_proxied_udp');
  });

  it('fails when one is not taken', () => {
    const deaf = { appendSwitch: () => undefined, hasSwitch: () => false };
    expect(() => {
      setSwitches(deaf);
    }).toThrow('was not taken');
  });

  it('has a reason for each', () => {
    expect(SWITCHES.filter(({ reason }) => reason === '')).toEqual([]);
  });
});

describe('debugging', () => {
  it.each(REFUSED_SWITCHES)('--%s stops a packaged app, and no other', (name) => {
    expect(() => {
      refuseDebugging(commandLine(name), true);
    }).toThrow(name);
    refuseDebugging(commandLine(name), false);
  });

  it('a packaged app without them starts', () => {
    refuseDebugging(commandLine('user-data-dir'), true);
  });
});
