import { parseRsaPublicKey, sameRsaKey } from '../../engine/rsa/public-key.ts';
import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import { withFile } from '../../files/with-file.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import { exitCodeOf, type ExitCode } from '../exit-code.ts';
import { openPrivateKey } from '../key-file-option.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { sentenceOf } from '../text/faults.ts';
import { warningSentence } from '../text/warnings.ts';

/** `validate-private-key`: reads a recovery key file as `recover` would, and says what it is. */
export const VALIDATE_PRIVATE_KEY: Command = {
  name: 'validate-private-key',
  summary: 'check that a recovery private key can be opened and is whole',
  usage: '--private-key-file FILE [--public-key-file FILE] [options]',
  options: {
    'private-key-file': { value: 'FILE', help: 'RSA recovery private key, of any kind' },
    'public-key-file': { value: 'FILE', help: 'the public key that it should belong to' },
    ...PASSWORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  holdsKey: 'recovery',
  run: validatePrivateKey,
};

async function validatePrivateKey(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  const file = options.required('private-key-file');
  const publicKeyFile = options.optional('public-key-file');
  const wanted =
    publicKeyFile === undefined
      ? undefined
      : await withFile(publicKeyFile, MAX_KEY_FILE_BYTES, parseRsaPublicKey);
  const key = await openPrivateKey(file, context);
  const { modulusBits, fingerprintHex } = key.publicKey;
  const matches = wanted === undefined ? undefined : sameRsaKey(wanted, key.publicKey);
  const fault =
    matches === false
      ? ({
          code: 'rsa-key.mismatch',
          details: { given: fingerprintHex, wanted: wanted?.fingerprintHex ?? '' },
        } as const)
      : undefined;
  const warnings = key.warnings.map(({ code, bits }) => ({ code, details: { bits } }));
  const facts = {
    command: 'validate-private-key',
    file,
    container: key.kind,
    modulusBits,
    fingerprintHex,
    publicKeyMatches: matches ?? null,
    code: fault?.code ?? null,
    message: fault === undefined ? 'The key is whole.' : sentenceOf(fault),
    warnings,
  };
  output.report(facts, () => [
    `${file}: RSA-${modulusBits}, ${key.kind}`,
    `  fingerprint  ${fingerprintHex}`,
    `  ${facts.message}`,
    ...warnings.map((warning) => `  Warning: ${warningSentence(warning)}`),
  ]);
  return fault === undefined ? 0 : exitCodeOf(fault.code);
}
