import { parseKeyId, parseQuorumId } from '../../shared/ids.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { parseLabel } from '../engine/kit/label.ts';
import type { LabelSource } from '../session/label.ts';
import type { OptionTable, ParsedOptions } from './options.ts';
import { readRegisterFile } from './register-option.ts';
import type { RunRecord } from './run-record.ts';

/** How the OAEP label is given: as two ids, by a register, or as it is. */
export const LABEL_OPTIONS: OptionTable = {
  'quorum-id': { value: 'UUID', help: 'the quorum that holds the key; it stands in none of the files' },
  'key-id': { value: 'UUID', help: "the wallet's key id, when its folder is not named after it" },
  register: { value: 'FILE', help: 'CSV with key_id, quorum_id, key_algorithm, address' },
  'label-text': { value: 'TEXT', help: 'label of a raw ERS file, as UTF-8 text' },
  'label-hex': { value: 'HEX', help: 'the same, in hex' },
  'label-base64': { value: 'BASE64', help: 'the same, in base64' },
  'no-label': { help: 'the label is empty' },
};

const LABEL_NAMES = ['label-text', 'label-hex', 'label-base64', 'no-label'] as const;

/**
 * Reads the label options. Fails with `usage.invalid` when they contradict each other, with `label.malformed`,
 * `id.malformed`, and with what reading the register fails with.
 * @param record of the run, where it notes its inputs
 */
export async function readLabelSource(options: ParsedOptions, record?: RunRecord): Promise<LabelSource> {
  const [name, ...others] = LABEL_NAMES.filter((label) => options.has(label));
  if (others.length > 0 || (name !== undefined && options.has('quorum-id'))) {
    throw new RecoveryError('usage.invalid', { option: `--${name ?? ''}`, reason: 'another label is given' });
  }
  const [quorumId, keyId] = [options.optional('quorum-id'), options.optional('key-id')];
  const registerFile = options.optional('register');
  return {
    label: name === undefined ? undefined : readLabel(name, options.optional(name) ?? ''),
    quorumId: quorumId === undefined ? undefined : parseQuorumId(quorumId),
    keyId: keyId === undefined ? undefined : parseKeyId(keyId),
    register: registerFile === undefined ? undefined : await readRegisterFile(registerFile, record),
  };
}

function readLabel(name: (typeof LABEL_NAMES)[number], text: string): Uint8Array {
  switch (name) {
    case 'no-label':
      return new Uint8Array();
    case 'label-text':
      return parseLabel('text', text);
    case 'label-hex':
      return parseLabel('hex', text);
    case 'label-base64':
      return parseLabel('base64', text);
  }
}
