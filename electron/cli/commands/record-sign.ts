import { basename } from 'node:path';

import type { SessionRecord } from '../../../shared/record.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import {
  MAX_SIGNING_FILE_BYTES,
  readSigningKey,
  SIGNATURE_EXTENSION,
  signerName,
  signFile,
  signingKeyNeedsPassword,
  type SigningKey,
} from '../../engine/signature/signing-key.ts';
import { readCapped } from '../../files/read-capped.ts';
import { withFile } from '../../files/with-file.ts';
import { refuseExisting } from '../../files/write-exclusive.ts';
import { MAX_RECORD_BYTES, parseRecord } from '../../record/parse-record.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { onlyPath } from '../only-path.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { describeHead } from '../text/record.ts';
import { writeNewFile } from '../write-file.ts';

/** `record sign`: a detached signature beside a session record. */
export const RECORD_SIGN: Command = {
  name: 'record sign',
  summary: 'sign a session record with an OpenSSH (Ed25519) or minisign key',
  usage: 'FILE --key FILE [--output-file FILE] [options]',
  options: {
    key: { value: 'FILE', help: 'OpenSSH private key (Ed25519), or minisign secret key' },
    'output-file': {
      value: 'FILE',
      help: 'new file for the signature; FILE.sig or FILE.minisig unless said',
    },
    ...PASSWORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: true,
  holdsKey: 'signing',
  run: sign,
};

async function sign(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  const file = onlyPath(options);
  const keyFile = options.required('key');
  const content = await readCapped(file, MAX_RECORD_BYTES);
  const { head } = readRecord(file, content);
  const key = await openKey(keyFile, context);
  try {
    const signatureFile = options.optional('output-file') ?? `${file}${SIGNATURE_EXTENSION[key.kind]}`;
    refuseExisting(signatureFile);
    await writeNewFile(signatureFile, signFile(content, key, basename(file)), context.cleanUp);
    const facts = {
      command: RECORD_SIGN.name,
      file,
      signatureFile,
      kind: key.kind,
      key: signerName(key),
      headHex: head,
    };
    output.report(facts, () => [
      `${file}: signed by the key ${facts.key}.`,
      `  signature    ${signatureFile}`,
      ...describeHead(head),
    ]);
    return 0;
  } finally {
    key.seed.wipe();
  }
}

/** Nobody signs what would not verify. */
function readRecord(file: string, content: Uint8Array): SessionRecord {
  try {
    return parseRecord(content);
  } catch (error) {
    throw error instanceof RecoveryError ? error.within({ file }) : error;
  }
}

function openKey(file: string, context: CommandContext): Promise<SigningKey> {
  return withFile(file, MAX_SIGNING_FILE_BYTES, async (content) => {
    if (!signingKeyNeedsPassword(content)) return readSigningKey(content, undefined);
    const password = await context.passwords.existing(file);
    context.output.progress(`Opening ${file}; this can take some seconds`);
    try {
      return await readSigningKey(content, password);
    } finally {
      password.wipe();
      context.output.clearProgress();
    }
  });
}
