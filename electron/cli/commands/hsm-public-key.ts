import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../../engine/bytes/compare.ts';
import { toHex } from '../../engine/bytes/hex.ts';
import { parseRsaPublicKey } from '../../engine/rsa/public-key.ts';
import { refuseExisting } from '../../files/write-exclusive.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { HSM_OPTIONS, requireHsmOptions } from '../hsm-options.ts';
import { openHsmKey } from '../open-hsm.ts';
import { writeNewFile } from '../write-file.ts';

/** `hsm public-key`: the public half of a key in a token, for the platform. */
export const HSM_PUBLIC_KEY: Command = {
  name: 'hsm public-key',
  summary: 'write the public half of a key in an HSM to a file',
  usage: '--pkcs11-module FILE [--token LABEL] [--pkcs11-key LABEL] --public-key-file FILE [options]',
  options: {
    ...HSM_OPTIONS,
    'public-key-file': { value: 'FILE', help: 'new file for the public key' },
    'public-key-format': {
      value: 'der|hex',
      help: 'der, 550 bytes for RSA-4096, unless said; or hex, 1100 characters',
    },
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  run: writePublicKey,
};

async function writePublicKey(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  const choice = requireHsmOptions(options);
  const file = options.required('public-key-file');
  const format = options.choice('public-key-format', ['der', 'hex']) ?? 'der';
  refuseExisting(file);
  const key = await openHsmKey(choice, context);
  const { spkiDer, modulusBits, fingerprintHex } = key.publicKey;
  await key.close();
  const content = format === 'der' ? spkiDer : new TextEncoder().encode(toHex(spkiDer));
  await writeNewFile(file, content, context.cleanUp, (readBack) => {
    if (!equalBytes(parseRsaPublicKey(readBack).spkiDer, spkiDer)) {
      throw new RecoveryError('file.write-failed', { file, reason: 'reads back differently' });
    }
  });
  const facts = {
    command: HSM_PUBLIC_KEY.name,
    publicKeyFile: file,
    publicKeyFormat: format,
    modulusBits,
    fingerprintHex,
  };
  output.report(facts, () => [
    `Public key of RSA-${modulusBits} written.`,
    `  fingerprint  ${fingerprintHex}`,
    `  public key   ${file} (${content.length} bytes, ${format}): give this to the platform`,
    'Rehearse with "drill" and the same options before you rely on the token.',
  ]);
  return 0;
}
