import { describe, expect, it } from 'vitest';

import { PLAYER_CHECKS } from '../../../shared/checks.ts';
import { airGapWords } from '../../../renderer/app/top-bar.tsx';
import { checkCount, checkRows } from '../../../renderer/parts/check-cells.ts';
import { takePassword } from '../../../renderer/parts/password-field.tsx';
import { qrPath } from '../../../renderer/parts/qr-code.tsx';
import { filterWallets, missingOf, standingOf } from '../../../renderer/parts/wallet-states.ts';
import { placedName } from '../../../renderer/text/details.ts';
import { groupText, shortFingerprint } from '../../../renderer/text/group-text.ts';
import { idComplaint, labelComplaint } from '../../../renderer/text/id-complaint.ts';
import { CLOSED, DAMAGED, OPEN, RUNNING, VALID, wallet, WRONG_LABEL } from './sample-parts.ts';

describe('groupText', () => {
  it.each([
    ['', []],
    ['abc', ['abc']],
    ['0x12345678', ['0x1234', '5678']],
    ['bc1qqe4rv', ['bc1q', 'qe4r', 'v']],
    ['550e8400-e29b-41d4-a716-446655440000', ['550e8400-', 'e29b-', '41d4-', 'a716-', '446655440000']],
  ])('%s', (text, groups) => {
    expect(groupText(text)).toEqual(groups);
    expect(groups.join('')).toBe(text);
  });

  it('shortens a fingerprint to sixteen digits', () => {
    expect(shortFingerprint('3f9c20b17d0e4a55c1')).toBe('3f9c 20b1 7d0e 4a55 …');
  });
});

describe('checkRows', () => {
  it('waits before it starts', () => {
    const cells = checkRows(wallet()).flatMap((row) => row.cells);
    expect(new Set(cells.map(({ state }) => state))).toEqual(new Set(['waiting']));
  });

  it('runs one check a player, and the last one of the backup only after all', () => {
    const rows = checkRows(wallet({ verification: RUNNING }));
    const running = rows.filter(({ cells }) => cells.some(({ state }) => state === 'running'));
    expect(running.map(({ check }) => check)).toEqual(['shape', 'openings']);
    expect(rows.at(-1)).toMatchObject({ check: 'sharing', cells: [{ state: 'waiting' }] });
    expect(checkCount(rows)).toEqual({ done: 11, all: 19 });
  });

  it('has nine rows, and a cell a player in five of them', () => {
    const rows = checkRows(wallet({ verification: VALID }));
    expect(rows).toHaveLength(9);
    expect(rows.filter(({ cells }) => cells.length === 3).map(({ check }) => check)).toEqual([
      ...PLAYER_CHECKS,
    ]);
  });

  it('keeps the gravest of several copies', () => {
    const both = [VALID, DAMAGED].flatMap((each) => (each.kind === 'judged' ? each.results : []));
    const cell = checkRows(wallet({ verification: { kind: 'running', results: both } })).find(
      ({ check }) => check === 'openings',
    )?.cells[1];
    expect(cell).toMatchObject({ state: 'failed', result: { index: 17 } });
  });
});

describe('wallets in a list', () => {
  it('says how each stands', () => {
    expect(standingOf(wallet({ verification: WRONG_LABEL })).words).toBe('not good');
    expect(standingOf(wallet({ verification: VALID })).words).toBe('good');
    expect(missingOf(wallet({ quorumId: null, labelKnown: false }))).toBe('quorum id needed');
    expect(missingOf(wallet({ convention: 'none', labelKnown: false }))).toBe('label needed');
    expect(missingOf(wallet())).toBeNull();
  });

  it('filters by id, algorithm and state, all words together', () => {
    const wallets = [wallet(), wallet({ keyAlgorithm: 'ED25519', verification: VALID })];
    expect(filterWallets(wallets, '  ')).toHaveLength(2);
    expect(filterWallets(wallets, 'ed25519 good')).toEqual([wallets[1]]);
    expect(filterWallets(wallets, '6BA7B810')).toHaveLength(2);
    expect(filterWallets(wallets, 'no such')).toHaveLength(0);
  });

  it('names a file with its folder', () => {
    expect(placedName('/media/bucket/6ba7/recovery_shard-0.txt')).toBe('6ba7/recovery_shard-0.txt');
    expect(placedName('C:\\bucket\\6ba7\\recovery_shard-0.txt')).toBe('6ba7/recovery_shard-0.txt');
  });
});

describe('ids and labels as they are typed', () => {
  it.each([
    ['', null],
    [' 550E8400-e29b-41d4-a716-446655440000 ', null],
    ['550e8400-e29b', '23 more to come: an id has 36 characters.'],
    ['550e8400e29b41d4a716446655440000', 'The hyphens are missing. Copy the id whole, with its hyphens.'],
    ['550e8400-e29b-41d4-a716-446655440000a', '1 too many: an id has 36 characters.'],
  ])('%s', (text, complaint) => {
    expect(idComplaint(text)).toBe(complaint);
  });

  it('names the character that can not stand in an id', () => {
    expect(idComplaint('550e8400-e29b-41d4-a716-44665544000O')).toContain('“O”');
  });

  it('knows hex and base64', () => {
    expect(labelComplaint('hex', '00ff')).toBeNull();
    expect(labelComplaint('hex', '0ff')).not.toBeNull();
    expect(labelComplaint('base64', 'AAE=')).toBeNull();
    expect(labelComplaint('base64', 'AAE')).not.toBeNull();
    expect(labelComplaint('text', 'ÿ any')).toBeNull();
  });
});

describe('takePassword', () => {
  it('gives UTF-8 bytes once, and empties the input', () => {
    const input = { value: 'pässword' } as HTMLInputElement;
    expect(takePassword(input)).toEqual(new TextEncoder().encode('pässword'));
    expect(input.value).toBe('');
    expect(takePassword(input)).toBeNull();
  });
});

describe('addresses', () => {
  it('draws a QR code with a quiet zone of four', () => {
    const { size, path } = qrPath('bc1qqe4rvmmg47usk9faffdaklfrqzefzr808yrpxc');
    expect((size - 8 - 17) % 4).toBe(0);
    expect(path).toMatch(/^M4 4h1v1h-1z/);
  });
});

describe('airGapWords', () => {
  it('names what is up', () => {
    expect(airGapWords(CLOSED)).toBe('Air gap holds');
    expect(airGapWords(OPEN)).toBe('Air gap open: wlp2s0 up');
    expect(airGapWords({ interfaces: [], holds: false, overridden: false })).toContain('looking');
  });
});
