import { describe, expect, it } from 'vitest';

import {
  recordableFault,
  recordableKeySource,
  recordableName,
  recordableOutput,
} from '../../../electron/record/recordable.ts';
import { EXPORT_FORMAT_NAMES, isClearFormat } from '../../../shared/export-format.ts';
import { RECORD_KEY_ID, SHA } from '../../fixtures/records.ts';

describe('recordableName', () => {
  it.each([
    ['/home/alice/usb/register.csv', 'register.csv'],
    ['C:\\Users\\Alice\\register.csv', 'register.csv'],
    [
      `/home/alice/${RECORD_KEY_ID.toUpperCase()}/recovery_shard-0.txt`,
      `${RECORD_KEY_ID}/recovery_shard-0.txt`,
    ],
    ['register.csv', 'register.csv'],
    ['/home/alice/', 'alice'],
    ['/', '/'],
  ])('%s', (path, name) => {
    expect(recordableName(path)).toBe(name);
  });
});

describe('recordableOutput', () => {
  it.each(EXPORT_FORMAT_NAMES)('keeps a hash of %s only where a password guards it', (format) => {
    const output = {
      kind: 'file',
      file: '/home/a/k',
      format,
      sha256Hex: SHA,
      bytes: 9,
      path: 'm/0',
    } as const;
    expect(recordableOutput({ ...output, passwordIsNfc: null })).toEqual({
      kind: 'file',
      name: 'k',
      format,
      path: 'm/0',
      sizeBytes: 9,
      sha256: isClearFormat(format) ? null : SHA,
    });
  });

  it('of the screen', () => {
    expect(recordableOutput({ kind: 'shown', path: 'm' })).toEqual({ kind: 'shown', path: 'm' });
  });
});

describe('recordableKeySource', () => {
  it('leaves out where the module lay', () => {
    const source = {
      kind: 'hsm',
      mechanism: 'token-raw',
      module: '/home/alice/vendor.so',
      tokenLabel: 'T',
      tokenSerial: '1',
      keyLabel: 'K',
      keyIdHex: '',
    } as const;
    expect(recordableKeySource(source)).toEqual({ ...source, module: 'vendor.so' });
  });
});

describe('recordableFault', () => {
  it('drops folders, and what no record holds', () => {
    const details = {
      file: '/home/alice/kit.txt',
      otherFile: '~/kit.txt',
      folder: 'D:\\alice\\bucket',
      relative: './alice/kit.txt',
      player: 1,
      seconds: 0.5,
      signer: 'SHA256:ab/cd',
    };
    expect(recordableFault({ code: 'kit.conflict', details })).toEqual({
      code: 'kit.conflict',
      details: {
        file: 'kit.txt',
        otherFile: 'kit.txt',
        folder: 'bucket',
        relative: 'kit.txt',
        player: 1,
        signer: 'SHA256:ab/cd',
      },
    });
  });
});
