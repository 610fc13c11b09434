import { RecoveryError } from '../../../shared/recovery-error.ts';
import type { SecretBytes } from '../../engine/bytes/secret-bytes.ts';
import { setName, type CustodianShare } from '../../engine/shares/share.ts';
import { refuseMixture, wipeShares } from '../../engine/shares/split.ts';
import { readShareFile } from '../../files/share-files.ts';
import { refuseExisting } from '../../files/write-exclusive.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { combineNoted, noteSecretFile } from '../ceremony-notes.ts';
import { RUN_RECORD_OPTIONS } from '../run-record-options.ts';
import { sentenceOf } from '../text/faults.ts';
import { typedShare } from '../typed-share.ts';
import { writeNewFile } from '../write-file.ts';

/** `shares combine`: what custodians' shares open, written to a new file or shown. */
export const SHARES_COMBINE: Command = {
  name: 'shares combine',
  summary: 'combine custodian shares to the password or key file that was split',
  usage: '[SHARE-FILE...] (--output-file FILE | --show) [options]',
  options: {
    'output-file': {
      value: 'FILE',
      help: 'write what was split to a new file, for --password-file or as key file',
    },
    show: { help: 'print a password that was split' },
    ...RUN_RECORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: true,
  holdsKey: 'recovery',
  recordMode: 'ceremony',
  run: combine,
};

async function combine(context: CommandContext): Promise<ExitCode> {
  const { options, output, cleanUp, record } = context;
  const outputFile = options.optional('output-file');
  const isShown = options.has('show');
  if (outputFile === undefined && !isShown) {
    throw new RecoveryError('usage.invalid', { option: '--output-file', reason: 'missing' });
  }
  if (outputFile !== undefined) refuseExisting(outputFile);
  const shares: CustodianShare[] = [];
  let secret: SecretBytes | undefined;
  try {
    if (options.paths.length === 0) await typeShares(shares, context);
    for (const file of options.paths) shares.push(await readShareFile(file));
    secret = await record.stage('key-combining', () => combineNoted(shares, record));
    const [first] = shares;
    if (first === undefined) throw new Error('nothing was combined');
    const { what } = first;
    if (isShown && what === 'file') {
      throw new RecoveryError('usage.invalid', { option: '--show', reason: 'a file was split' });
    }
    if (outputFile !== undefined) {
      await secret.use((bytes) => writeNewFile(outputFile, bytes, cleanUp));
      noteSecretFile(record, { file: outputFile, what: 'other', sizeBytes: secret.length });
    }
    if (isShown) record.add({ kind: 'note', text: 'Showed the password that was split' });
    const facts = {
      command: SHARES_COMBINE.name,
      ...{ what, set: setName(first), shares: shares.map(({ index }) => index), bytes: secret.length },
      ...(outputFile === undefined ? {} : { outputFile }),
      ...(isShown ? { password: secret.use((bytes) => new TextDecoder().decode(bytes)) } : {}),
    };
    output.report(facts, () => [
      `Shares ${facts.shares.join(', ')} of set ${facts.set} combine to the ${what} that was split (${facts.bytes} bytes).`,
      ...(outputFile === undefined
        ? []
        : [
            what === 'password'
              ? `Written to ${outputFile}, in the clear: use it with --password-file, and delete it.`
              : `Written to ${outputFile}: the key file as it was, still encrypted.`,
          ]),
      ...(facts.password === undefined ? [] : [facts.password]),
    ]);
    return 0;
  } finally {
    wipeShares(shares);
    secret?.wipe();
  }
}

/** Asks for shares until there are enough. One that does not belong to the others is told, and another one asked for. */
async function typeShares(shares: CustodianShare[], context: CommandContext): Promise<void> {
  for (let wanted = 2; shares.length < wanted; wanted = shares[0]?.needed ?? wanted) {
    const share = await typedShare(shares.length + 1, context);
    try {
      refuseMixture([...shares, share]);
    } catch (error) {
      wipeShares([share]);
      if (!(error instanceof RecoveryError)) throw error;
      context.output.note(sentenceOf(error.toFault()));
      continue;
    }
    shares.push(share);
    context.output.note(`Share ${share.index} of ${share.of} is right. ${share.needed} are needed in all.`);
  }
}
