import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';

import { MachineNotes } from '../../../renderer/parts/machine-notes.tsx';
import { APP_NETWORK_WORDS, MEMORY_RISK_WORDS } from '../../../renderer/text/machine-words.ts';
import { MEMORY_RISKS, type AppNetwork, type Machine } from '../../../shared/machine.ts';

const shown = (machine: Machine | null): string =>
  renderToStaticMarkup(createElement(MachineNotes, { machine }));
const SAFE = 'The system writes no memory to disk';

describe('what the Prepare screen says of the machine', () => {
  it('is nothing before it was read', () => {
    expect(shown(null)).toBe('');
  });

  it.each<AppNetwork>(['none', 'shared', 'unknown'])('says of the network: %s', (appNetwork) => {
    const html = shown({ appNetwork, memoryRisks: [] });
    expect(html).toContain(APP_NETWORK_WORDS[appNetwork]);
    expect(html).toContain(SAFE);
    // Only a network that is really away is told with a tick beside it.
    expect(html.match(/class="is-ok"/g)).toHaveLength(appNetwork === 'none' ? 2 : 1);
  });

  it.each(MEMORY_RISKS)('says of memory, and what to do: %s', (risk) => {
    const html = shown({ appNetwork: 'none', memoryRisks: [risk] });
    expect(html).toContain(MEMORY_RISK_WORDS[risk]);
    expect(html).not.toContain(SAFE);
    expect([risk, /[.:;] .+\.$/.test(MEMORY_RISK_WORDS[risk])]).toEqual([risk, true]);
  });
});
