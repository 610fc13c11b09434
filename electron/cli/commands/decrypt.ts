import { RecoveryError } from '../../../shared/recovery-error.ts';
import { toHex } from '../../engine/bytes/hex.ts';
import { SecretBytes } from '../../engine/bytes/secret-bytes.ts';
import type { Curve } from '../../engine/curve/curve.ts';
import { encodeEdwardsScalar, isEdwards } from '../../engine/encode/edwards.ts';
import { needsKeyPassword, walletKeyFormat, type WalletKeyFormat } from '../../engine/encode/wallet-key.ts';
import { openPke1 } from '../../engine/rsa/pke1.ts';
import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import { withFile } from '../../files/with-file.ts';
import { refuseExisting } from '../../files/write-exclusive.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { PASSWORD_OPTIONS } from '../password.ts';
import { openWalletKey } from '../wallet-key-option.ts';
import { writeNewFile } from '../write-file.ts';

/** `decrypt`: takes the encryption off a PKE1 file, and the key out of any other format that `recover` writes. */
export const DECRYPT: Command = {
  name: 'decrypt',
  summary: 'decrypt a file of a wallet key, or a PKE1 file of an RSA key',
  usage: '--input-file FILE (--output-file FILE | --show-key) [options]',
  options: {
    'input-file': {
      value: 'FILE',
      help: 'a PKE1 file, also an old one without its header, or any format of recover',
    },
    'output-file': {
      value: 'FILE',
      help: 'write what is inside to a new file: of PKE1 byte for byte, else the bytes of the key',
    },
    'show-key': { help: 'print what is inside: an RSA key as the hex text it is, a wallet key in hex' },
    ...PASSWORD_OPTIONS,
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  holdsKey: 'recovery',
  run: decrypt,
};

async function decrypt(context: CommandContext): Promise<ExitCode> {
  const { options, output } = context;
  const inputFile = options.required('input-file');
  const outputFile = options.optional('output-file');
  const showKey = options.has('show-key');
  if (outputFile === undefined && !showKey) {
    throw new RecoveryError('usage.invalid', { option: '--output-file', reason: 'missing' });
  }
  if (outputFile !== undefined) refuseExisting(outputFile);
  const opened = await withFile(inputFile, MAX_KEY_FILE_BYTES, (content) =>
    open(inputFile, content, context),
  );
  const { plaintext } = opened;
  try {
    if (outputFile !== undefined)
      await plaintext.use((bytes) => writeNewFile(outputFile, bytes, context.cleanUp));
    const facts = {
      command: 'decrypt',
      inputFile,
      ...(opened.format === undefined ? {} : { format: opened.format }),
      ...(opened.curve === undefined ? {} : { curve: opened.curve.name }),
      bytes: plaintext.length,
      ...(outputFile === undefined ? {} : { outputFile }),
      ...(showKey ? { key: asText(opened.shown) } : {}),
      ...(showKey && opened.chainCode !== undefined ? { chainCode: opened.chainCode.use(toHex) } : {}),
    };
    output.report(facts, () => [
      `Decrypted ${inputFile}: ${plaintext.length} bytes.`,
      ...remarksOn(opened),
      ...(outputFile === undefined
        ? []
        : [`Written to ${outputFile}, not encrypted. Delete it when it is no longer needed.`]),
      ...(facts.key === undefined ? [] : facts.key.split(/\s+/)),
      ...(facts.chainCode === undefined ? [] : [`chain code ${facts.chainCode}`]),
    ]);
    return 0;
  } finally {
    plaintext.wipe();
    opened.shown.wipe();
    opened.chainCode?.wipe();
  }
}

/** What was in a file; the caller wipes it. */
interface Opened {
  readonly format: WalletKeyFormat | undefined;
  /** Known where the file names it. */
  readonly curve: Curve | undefined;
  /** What goes into a file. */
  readonly plaintext: SecretBytes;
  /** What is printed: the number alone. */
  readonly shown: SecretBytes;
  readonly chainCode: SecretBytes | undefined;
}

/** What no reader of a wallet key knows may still be a PKE1 file: of an RSA key, and old ones have no header. */
async function open(file: string, content: Uint8Array, context: CommandContext): Promise<Opened> {
  const format = walletKeyFormat(content);
  if (format === undefined || format === 'pke1') {
    const plaintext = await openSealed(file, content, context);
    const shown = plaintext.use((bytes) => new SecretBytes(bytes));
    return { format, curve: undefined, plaintext, shown, chainCode: undefined };
  }
  const { curve, namesCurve, privateKey, chainCode } = await openWalletKey(file, content, format, context);
  // The bytes alone of an Edwards key pass for a seed.
  const plaintext =
    namesCurve && isEdwards(curve)
      ? encodeEdwardsScalar(curve, privateKey)
      : privateKey.use((bytes) => new SecretBytes(bytes));
  return { format, curve: namesCurve ? curve : undefined, plaintext, shown: privateKey, chainCode };
}

async function openSealed(
  file: string,
  content: Uint8Array,
  { passwords, output }: CommandContext,
): Promise<SecretBytes> {
  const password = await passwords.existing(file);
  try {
    output.progress(`Decrypting ${file}; this takes some seconds`);
    return await openPke1(content, password);
  } finally {
    password.wipe();
    output.clearProgress();
  }
}

function remarksOn({ format, curve, chainCode }: Opened): readonly string[] {
  return [
    ...(format === undefined || needsKeyPassword(format) ? [] : ['The file was not encrypted.']),
    ...(curve !== undefined && isEdwards(curve)
      ? [
          `It is a private scalar of ${curve.name}, and no seed: a wallet that takes it for one makes another key.`,
        ]
      : []),
    ...(chainCode === undefined ? [] : ['It is a master key with a chain code.']),
  ];
}

/** An RSA key is sealed as hex text already; a wallet key as its bare bytes. */
function asText(plaintext: SecretBytes): string {
  return plaintext.use((bytes) => {
    const text = Buffer.from(bytes).toString('latin1');
    return /^[0-9a-fA-F\s]+$/.test(text) ? text.trim() : toHex(bytes);
  });
}
