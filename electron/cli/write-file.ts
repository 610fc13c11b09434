import { writeExclusive } from '../files/write-exclusive.ts';
import type { CleanUp, PendingUndo } from './clean-up.ts';

/**
 * Writes a new file as `writeExclusive` does, and removes it when the user interrupts before it is read back.
 * @param file path of a file that does not exist
 * @param content all of it
 * @param cleanUp of the command
 * @param check says by throwing that what was read back is not what was meant
 */
export async function writeNewFile(
  file: string,
  content: Uint8Array,
  cleanUp: CleanUp,
  check: (readBack: Uint8Array) => void | Promise<void> = () => undefined,
): Promise<void> {
  let pending: PendingUndo | undefined;
  await writeExclusive(file, content, {
    check,
    onCreated: (remove) => {
      pending = cleanUp.add(remove);
    },
  });
  pending?.keep();
}
