import { describe, expect, it } from 'vitest';
import { CHECK_NAMES, OUTCOME_WORDS } from '../../../electron/cli/text/checks.ts';
import { sentenceOf } from '../../../electron/cli/text/faults.ts';
import { warningSentence } from '../../../electron/cli/text/warnings.ts';
import { BACKUP_CHECKS, PLAYER_CHECKS } from '../../../shared/checks.ts';
import { ERROR_CODES, type ErrorCode } from '../../../shared/error-codes.ts';
import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import type { WarningCode } from '../../../shared/warning.ts';
import { TYPICAL, KEY_ID, QUORUM_ID, file, otherFile, fingerprint, part } from './typical-faults.ts';

const MAX_CHARACTERS = 400;

const publicKeyHex = `02${fingerprint}`;

const TYPICAL_WARNINGS: Readonly<Record<WarningCode, readonly ErrorDetails[]>> = {
  'rsa-key.small': [{ bits: 1024 }],
  'wallet-key.mismatch': [{ stated: publicKeyHex, derived: publicKeyHex }],
  'chain-code.missing': [],
  'chain-code.seed-matches': [],
  'backup.unverifiable': [{ because: 'backup.version-1' }, { because: 'label.unknown' }],
  'share.lost': [{ player: 2 }],
  'file.left-out': [{ file: 'recovery_shard-1.txt', because: 'kit.truncated' }],
  'key-id.folder-differs': [{ folder: KEY_ID, keyId: QUORUM_ID }],
  'register.no-address': [],
  'register.mixed-environments': [
    {
      sandbox: 2,
      production: 40,
      sandboxRows: `${KEY_ID}, ${QUORUM_ID}`,
      productionRows: `${KEY_ID} and 39 more`,
    },
  ],
};

const codes = Object.keys(ERROR_CODES) as ErrorCode[];

/** A sentence as people can read it: whole, and not too long for a screen. */
function expectReadable(sentence: string): void {
  expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
  expect(sentence).not.toMatch(/ {2}|\.\.(?!\.)(?<!\.\.\.)|[,:;]\.| [.,:;]|""|\(\)/);
  expect(sentence).not.toMatch(/went wrong/);
  expect(sentence).toMatch(/^[A-Z]/);
  expect(sentence).toMatch(/\.$/);
  expect(sentence.length).toBeLessThanOrEqual(MAX_CHARACTERS);
  expect(sentence.split(/[.:] /).length).toBeGreaterThan(1);
}

describe('sentences of faults', () => {
  it.each(codes)('%s, with its details and without', (code) => {
    for (const details of [{}, ...TYPICAL[code]]) expectReadable(sentenceOf({ code, details }));
  });

  it.each(codes)('%s, with each detail alone', (code) => {
    for (const details of TYPICAL[code]) {
      for (const [name, value] of Object.entries(details)) {
        expectReadable(sentenceOf({ code, details: { [name]: value } }));
      }
    }
  });

  it('tell a wrong id by its two names', () => {
    const details = { player: 0, field: 'es', index: 1 };
    const bare = sentenceOf({ code: 'label.mismatch', details });
    expect(bare).toContain('quorum id');
    expect(bare).toContain('key id');
    expect(bare).toContain('no damage');
    const named = sentenceOf({
      code: 'label.mismatch',
      details: { ...details, quorumId: QUORUM_ID, keyId: KEY_ID },
    });
    expect(named).toContain(QUORUM_ID);
    expect(named).toContain(KEY_ID);
  });

  it('claim nothing about the rest of a backup whose proof was not looked at', () => {
    const sentence = sentenceOf({ code: 'label.mismatch', details: {} });
    expect(sentence).toContain('quorum id');
    expect(sentence).toContain('key id');
    expect(sentence).not.toContain('everything else agrees');
  });

  it('name file, player, field and index', () => {
    expect(sentenceOf({ code: 'kit.truncated', details: { file } })).toContain(`"${file}"`);
    const conflict = sentenceOf({ code: 'kit.conflict', details: { player: 1, file, otherFile } });
    for (const said of [file, otherFile, 'player 1']) expect(conflict).toContain(said);
    const encoding = sentenceOf({ code: 'proof.encoding-rejected', details: part });
    for (const said of ['player 1', '"vs"', 'index 17']) expect(encoding).toContain(said);
    const register = { line: 4, column: 'quorum_id', reason: 'not understood' };
    expect(sentenceOf({ code: 'register.malformed', details: register })).toContain(
      'line 4, column quorum_id',
    );
  });

  it('name player 0', () => {
    expect(sentenceOf({ code: 'share.rejected', details: { player: 0 } })).toContain('player 0');
  });

  it('name the differing player of parameters that disagree', () => {
    const details = { field: 'nonce', index: 2 };
    expect(sentenceOf({ code: 'proof.parameters-disagree', details })).toContain('player 2');
  });

  it('name both keys of an RSA key mismatch', () => {
    const details = { given: fingerprint, wanted: 'ab12' };
    const sentence = sentenceOf({ code: 'rsa-key.mismatch', details });
    expect(sentence).toContain(fingerprint.slice(0, 16));
    expect(sentence).toContain('ab12');
  });

  it.each(codes)('%s, without a detail that nobody knows and without control characters', (code) => {
    for (const typical of [{}, ...TYPICAL[code]]) {
      const details = { ...typical, secret: 'correct horse', password: 'battery staple' };
      expect(sentenceOf({ code, details })).not.toMatch(/correct horse|battery staple/);
      const hostile = Object.fromEntries(
        Object.entries(typical).map(([name, value]) => [
          name,
          typeof value === 'string' ? `${value}\u001b[2J\u202e\n` : value,
        ]),
      );
      expect(sentenceOf({ code, details: hostile })).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    }
  });
});

describe('sentences of warnings', () => {
  it.each(Object.entries(TYPICAL_WARNINGS))('%s', (code, typical) => {
    for (const details of [{}, ...typical]) {
      expectReadable(warningSentence({ code: code as WarningCode, details }));
    }
  });

  it('say how to read an old chain code', () => {
    const sentence = warningSentence({ code: 'chain-code.seed-matches', details: {} });
    expect(sentence).toContain('--chain-code-seed');
  });
});

describe('words of checks', () => {
  it.each([...BACKUP_CHECKS, ...PLAYER_CHECKS])('%s has two to five words of its own', (check) => {
    const count = CHECK_NAMES[check].split(' ').length;
    expect(count).toBeGreaterThanOrEqual(2);
    expect(count).toBeLessThanOrEqual(5);
  });

  it('all differ', () => {
    for (const words of [CHECK_NAMES, OUTCOME_WORDS]) {
      expect(new Set(Object.values(words)).size).toBe(Object.keys(words).length);
    }
  });
});
