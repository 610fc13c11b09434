import { describe, expect, it, vi } from 'vitest';

import { ERROR_CODES, type ErrorCode } from '../../../shared/error-codes.ts';
import type { WarningCode } from '../../../shared/warning.ts';
import { faultAction } from '../../../renderer/app/fault-actions.ts';
import { codeLine } from '../../../renderer/parts/fault-note.tsx';
import { faultText } from '../../../renderer/text/faults.ts';
import { warningText } from '../../../renderer/text/warnings.ts';
import { deskOf } from './render.ts';
import { SAMPLES } from './sample-states.ts';

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];
const DETAILS = {
  file: '/media/x/recovery_shard-0.txt',
  otherFile: '/media/y/recovery_shard-0.txt',
  player: 1,
  index: 17,
  field: 'share',
  line: 3,
  column: 'quorum_id',
  reason: 'not understood',
  expected: '0xabc',
  looksLike: 'a private key',
};

describe('faultText', () => {
  it.each(CODES)('%s says what happened, what it means and what to do', (code) => {
    for (const details of [{}, DETAILS]) {
      const { title, meaning, next } = faultText({ code, details });
      expect(title).toMatch(/^[“\p{Lu}].*[^.]$/u);
      expect(meaning).toMatch(/[.]$/);
      expect(next).toMatch(/[.]$/);
      const all = `${title} ${meaning} ${next}`;
      expect(all).not.toMatch(/undefined|null|NaN|something went wrong|\[object| {2}|\.\./i);
      expect(title.length).toBeLessThan(110);
    }
  });

  it('never sends a person on a screen to the options of the command line', () => {
    for (const code of CODES) {
      const { meaning, next } = faultText({ code, details: {} });
      expect(`${meaning} ${next}`).not.toMatch(/--[a-z]/);
    }
  });

  it('names player and ciphertext', () => {
    expect(faultText({ code: 'proof.opening-rejected', details: { player: 0, index: 17 } }).title).toBe(
      'Ciphertext 17 of player 0 does not hold its value',
    );
  });

  it('shows no character of a file name that would turn the line', () => {
    expect(faultText({ code: 'file.empty', details: { file: '/a/b\u202Etxt.exe' } }).title).toBe(
      '“b?txt.exe” is empty',
    );
  });
});

describe('codeLine', () => {
  it('has what a helper asks for', () => {
    expect(codeLine({ code: 'label.mismatch', details: { player: 2, index: 5 } })).toBe(
      'Code label.mismatch · player 2 · index 5',
    );
  });
});

describe('faultAction', () => {
  it('adds files on the step Load only', () => {
    expect(faultAction(deskOf(SAMPLES['load-one']!), 'add-files')).not.toBeNull();
    expect(faultAction(deskOf(SAMPLES['unlock-none']!), 'add-files')).toBeNull();
  });

  it('leads from a wrong label back to the form of this wallet', async () => {
    const mark = vi.fn();
    const ask = vi.fn(() => Promise.resolve(SAMPLES['load-one']!));
    await faultAction(deskOf(SAMPLES['verify-label']!, { mark, ask }), 'change-ids')!();
    expect(mark).toHaveBeenCalledWith('wallet-0', true);
    expect(ask).toHaveBeenCalledExactlyOnceWith('session.back', null);
  });

  it('leads from a wrong key in the last step back to the choice of the key', async () => {
    const ask = vi.fn(() => Promise.resolve(SAMPLES['verify-good']!));
    await faultAction(deskOf(SAMPLES['reconstruct-failed']!, { ask }), 'choose-key-file')!();
    expect(ask.mock.calls).toEqual([
      ['session.back', null],
      ['unlock.begin', null],
    ]);
  });
});

describe('warningText', () => {
  it.each<WarningCode>([
    'rsa-key.small',
    'wallet-key.mismatch',
    'chain-code.missing',
    'chain-code.seed-matches',
    'backup.unverifiable',
    'key-id.folder-differs',
    'register.no-address',
    'register.mixed-environments',
  ])('%s', (code) => {
    expect(warningText({ code, details: {} })).toMatch(/^\p{Lu}.*\.$/u);
  });
});
