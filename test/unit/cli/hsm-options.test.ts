import { describe, expect, it } from 'vitest';

import { CleanUp } from '../../../electron/cli/clean-up.ts';
import { RECOVER } from '../../../electron/cli/commands/recover.ts';
import { readHsmOptions } from '../../../electron/cli/hsm-options.ts';
import { parseOptions, type ParsedOptions } from '../../../electron/cli/options.ts';
import { Output } from '../../../electron/cli/output.ts';
import { PasswordSource } from '../../../electron/cli/password.ts';
import { chooseRecoveryKey } from '../../../electron/cli/recovery-key-option.ts';
import { RunRecord } from '../../../electron/cli/run-record.ts';
import { processTerminal } from '../../../electron/cli/terminal.ts';
import type { Fault } from '../../../shared/recovery-error.ts';
import { faultOf } from '../../fixtures/faults.ts';
import { systemRandom } from '../../random.ts';

const MODULE = ['--pkcs11-module', '/a.so'] as const;
const FILE = ['--private-key-file', 'recovery.der'] as const;
const optionsOf = (args: readonly string[]): ParsedOptions => parseOptions(args, RECOVER.options, false);

/** What choosing a recovery key by these arguments ends with. */
function choiceFault(args: readonly string[]): Fault {
  const options = optionsOf(args);
  const terminal = processTerminal();
  const output = new Output(terminal, true);
  const cleanUp = new CleanUp();
  return faultOf(() =>
    chooseRecoveryKey({
      options,
      output,
      passwords: new PasswordSource(options, terminal),
      randomBytes: systemRandom,
      cleanUp,
      record: RunRecord.none({ command: 'recover', options, output, cleanUp }),
      terminal,
    }),
  );
}

describe('a wrong call', () => {
  it.each<[string, readonly string[], string, string]>([
    ['neither key', [], '--private-key-file', 'missing'],
    ['both keys', [...MODULE, ...FILE], '--pkcs11-module', 'with --private-key-file'],
    [
      'both keys, by URI',
      ['--pkcs11-uri', 'pkcs11:?module-path=/a.so', ...FILE],
      '--pkcs11-uri',
      'with --private-key-file',
    ],
    ['a token and no module', ['--token', 'Recovery'], '--token', 'without --pkcs11-module or --pkcs11-uri'],
    [
      'a PIN for a key file',
      [...FILE, '--pin-stdin'],
      '--pin-stdin',
      'without --pkcs11-module or --pkcs11-uri',
    ],
    [
      'a token by name and by URI',
      [...MODULE, '--pkcs11-uri', 'pkcs11:token=a', '--token', 'a'],
      '--token',
      'with --pkcs11-uri',
    ],
    [
      'a key by id and by URI',
      [...MODULE, '--pkcs11-uri', 'pkcs11:token=a', '--pkcs11-id', 'a1'],
      '--pkcs11-id',
      'with --pkcs11-uri',
    ],
    [
      'two modules',
      [...MODULE, '--pkcs11-uri', 'pkcs11:?module-name=b'],
      '--pkcs11-module',
      'with a module in --pkcs11-uri',
    ],
    [
      'a URI without a module',
      ['--pkcs11-uri', 'pkcs11:token=a'],
      '--pkcs11-uri',
      'without --pkcs11-module, unless it holds a module-path',
    ],
    ['two PINs', [...MODULE, '--pin-file', 'p', '--pin-stdin'], '--pin-stdin', 'with --pin-file'],
    [
      'a PIN beside a pin-source',
      ['--pkcs11-uri', 'pkcs11:?module-path=/a.so&pin-source=/b', '--pin-file', 'p'],
      '--pin-file',
      'with a pin-source in --pkcs11-uri',
    ],
    [
      'PIN and password from one input',
      [...MODULE, '--pin-stdin', '--password-stdin', '--output-file', 'x'],
      '--pin-stdin',
      'with --password-stdin',
    ],
    [
      'a password for nothing',
      [...MODULE, '--password-file', 'p'],
      '--password-file',
      'with --pkcs11-module and no --output-file: a token has a PIN',
    ],
    [
      'an id that is no hex',
      [...MODULE, '--pkcs11-id', 'abc'],
      '--pkcs11-id',
      'an even number of hex digits is needed',
    ],
    ...['0', '9999', '1.5', '1e3', ''].map((seconds): [string, readonly string[], string, string] => [
      `a timeout of "${seconds}"`,
      [...MODULE, `--pkcs11-timeout=${seconds}`],
      '--pkcs11-timeout',
      'a whole number of seconds from 1 to 3600 is needed',
    ]),
  ])('%s: usage.invalid', (_name, args, option, reason) => {
    expect(choiceFault(args)).toEqual({ code: 'usage.invalid', details: { option, reason } });
  });

  it('a PIN in a URI is refused, and not repeated', () => {
    const fault = choiceFault(['--pkcs11-uri', 'pkcs11:token=a?pin-value=98765&module-path=/a.so']);
    expect(fault.code).toBe('pkcs11-uri.malformed');
    expect(JSON.stringify(fault)).not.toContain('98765');
  });

  it('a module of no known name', () => {
    expect(choiceFault(['--pkcs11-uri', 'pkcs11:token=a?module-name=unheard-of'])).toEqual({
      code: 'hsm.module-failed',
      details: { file: 'unheard-of', reason: 'not found' },
    });
  });
});

describe('readHsmOptions', () => {
  it('is nothing without an option of an HSM', () => {
    expect(readHsmOptions(optionsOf(FILE))).toBeUndefined();
  });

  it('by options', () => {
    const args = [
      ...['--pkcs11-module', '/a/b.so', '--token', 'Recovery', '--pkcs11-key', 'k', '--pkcs11-id', 'A1B2'],
      ...['--pkcs11-init-args', "configdir='sql:/x'", '--pkcs11-timeout', '120'],
    ];
    expect(readHsmOptions(optionsOf(args))).toEqual({
      module: { file: '/a/b.so', initArgs: "configdir='sql:/x'" },
      token: {
        label: 'Recovery',
        serial: undefined,
        manufacturer: undefined,
        model: undefined,
        slotId: undefined,
      },
      key: { label: 'k', idHex: 'a1b2' },
      deadlineMs: 120_000,
      pinFile: undefined,
    });
  });

  it('by a URI, with the module beside it or in it', () => {
    const uri = 'pkcs11:serial=12;object=k;id=%a1?pin-source=/pin';
    const beside = readHsmOptions(optionsOf(['--pkcs11-module', '/a.so', '--pkcs11-uri', uri]));
    const inside = readHsmOptions(optionsOf(['--pkcs11-uri', `${uri}&module-path=/a.so`]));
    expect(inside).toEqual(beside);
    expect(inside).toMatchObject({
      module: { file: '/a.so', initArgs: undefined },
      token: { serial: '12', label: undefined },
      key: { label: 'k', idHex: 'a1' },
      deadlineMs: 30_000,
      pinFile: '/pin',
    });
  });
});
