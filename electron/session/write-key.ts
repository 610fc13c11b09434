import { createHash } from 'node:crypto';

import type { ExportFormat } from '../../shared/export-format.ts';
import type { FileOutput } from '../../shared/export-state.ts';
import { encodeKey, type EncodingPorts } from '../engine/encode/codecs.ts';
import type { ExportKey } from '../engine/encode/export-key.ts';
import { checkReadBack } from '../engine/encode/read-back.ts';
import type { PartJournal } from '../files/part-journal.ts';
import { writeExclusive } from '../files/write-exclusive.ts';

/** Where and how a key is written. */
export interface KeyWriting extends EncodingPorts {
  /** Path that was looked at by `checkDestination`. */
  readonly file: string;
  readonly format: ExportFormat;
  readonly parts: Pick<PartJournal, 'begin' | 'forgetGone'>;
  /** Says by throwing that the key may not go out now. */
  readonly permit: () => void;
}

/**
 * Puts a key into its format and writes it to a new file, which gets its name only when it was read back, decoded or
 * decrypted again, and makes the same public key. May be refused until then.
 * Fails with what `encodeKey`, `writeExclusive`, `checkReadBack` and `permit` fail with.
 * @param key the caller's, who wipes it
 */
export async function writeKey(
  key: ExportKey,
  writing: KeyWriting,
): Promise<Pick<FileOutput, 'file' | 'sha256Hex' | 'bytes'>> {
  const { file, format, password, parts, permit } = writing;
  const content = await encodeKey(format, key, writing);
  try {
    permit();
    await content.use((bytes) =>
      writeExclusive(file, bytes, {
        onBegin: (partFile) => {
          parts.begin(partFile);
        },
        check: async (readBack) => {
          await checkReadBack(format, key, readBack, password);
          permit();
        },
      }),
    );
    return { file, bytes: content.length, sha256Hex: content.use(sha256Hex) };
  } finally {
    content.wipe();
    parts.forgetGone();
  }
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
