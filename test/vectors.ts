import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'vitest';

const FOLDER = join(import.meta.dirname, '..', '..', 'shared', 'vectors');

/** The folder of vectors beside the project; undefined where it is absent. */
export const vectorsRoot: string | undefined = existsSync(FOLDER) ? FOLDER : undefined;

/**
 * A `describe` for tests on vectors; where they are absent, one skipped test says so in its name.
 * @param name what is tested
 * @param suite defines the tests; gets the folder of vectors
 */
export function describeVectors(name: string, suite: (root: string) => void): void {
  if (vectorsRoot !== undefined) {
    const root = vectorsRoot;
    describe(name, () => {
      suite(root);
    });
    return;
  }
  describe(name, () => {
    it.skip('needs the vectors at ../shared/vectors, which are absent', () => undefined);
  });
}

/**
 * Reads one file of vectors, a JSON array, whose shape the test states and trusts.
 * @param root from `describeVectors`
 * @param path inside the folder of vectors
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the test states the file's shape
export function readVectors<Vector>(root: string, path: string): readonly Vector[] {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as readonly Vector[];
}
