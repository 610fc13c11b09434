import { MAX_KEY_FILE_BYTES } from '../../engine/rsa/key-file.ts';
import { checkPublicKeyFile, type PublicKeyNote } from '../../engine/rsa/public-key-check.ts';
import { PRODUCT_NEEDS, PUBLIC_KEY_PRODUCTS } from '../../engine/rsa/public-key-forms.ts';
import { withFile } from '../../files/with-file.ts';
import { COMMON_OPTIONS, type Command, type CommandContext } from '../command.ts';
import type { ExitCode } from '../exit-code.ts';
import { inFours, inWords } from '../text/fingerprint.ts';

/** `validate-public-key`: looks at a public key file as the platform would that it is uploaded to. */
export const VALIDATE_PUBLIC_KEY: Command = {
  name: 'validate-public-key',
  summary: 'check a recovery public key file before it is uploaded',
  usage: '--public-key-file FILE [--for palisade|institutional-vault] [options]',
  options: {
    'public-key-file': { value: 'FILE', help: 'the file as it is to be uploaded' },
    for: { value: 'palisade|institutional-vault', help: 'who gets it: palisade unless said' },
    ...COMMON_OPTIONS,
  },
  takesPaths: false,
  run: validatePublicKey,
};

const NOTES: Readonly<Record<PublicKeyNote, string>> = {
  blanks:
    'It has blanks or a line break, which the platform may count: RSA-4096 as hex has 1100 characters. Write it without.',
  'below-recommended': 'It is smaller than the 3072 bits that are recommended.',
  'larger-than-usual': 'It is larger than the 4096 bits that are usual: ask whether the platform takes it.',
};

async function validatePublicKey({ options, output }: CommandContext): Promise<ExitCode> {
  const file = options.required('public-key-file');
  const product = options.choice('for', PUBLIC_KEY_PRODUCTS) ?? 'palisade';
  const { publicKey, form, size, notes } = await withFile(file, MAX_KEY_FILE_BYTES, (content) =>
    checkPublicKeyFile(content, product),
  );
  const { modulusBits, fingerprintHex } = publicKey;
  const facts = {
    command: VALIDATE_PUBLIC_KEY.name,
    ...{ file, for: product, form, bytes: size, modulusBits, fingerprintHex },
    notes: notes.map((note) => ({ note, message: NOTES[note] })),
  };
  output.report(facts, () => [
    `${file}: RSA-${modulusBits} public key, ${form}, ${size} bytes, as ${PRODUCT_NEEDS[product].name} takes it.`,
    ...inFours(fingerprintHex).map((line, i) => `  ${i === 0 ? 'fingerprint' : '           '}  ${line}`),
    ...inWords(fingerprintHex).map((line, i) => `  ${i === 0 ? 'in words   ' : '           '}  ${line}`),
    ...notes.map((note) => `  Note: ${NOTES[note]}`),
  ]);
  return 0;
}
