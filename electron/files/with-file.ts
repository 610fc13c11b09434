import { RecoveryError } from '../../shared/recovery-error.ts';
import { readCapped } from './read-capped.ts';

/**
 * Reads a file whole, lends its bytes to `work` and wipes them. A fault names the file.
 * Fails with what `readCapped` and `work` fail with.
 * @param file path
 * @param limit bytes
 * @param work must not keep the bytes
 */
export async function withFile<Value>(
  file: string,
  limit: number,
  work: (content: Uint8Array) => Value | Promise<Value>,
): Promise<Value> {
  const content = await readCapped(file, limit);
  try {
    return await work(content);
  } catch (error) {
    throw error instanceof RecoveryError ? error.within({ file }) : error;
  } finally {
    content.fill(0);
  }
}
