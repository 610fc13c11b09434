import { isClearFormat } from '../../shared/export-format.ts';
import type { Output } from '../../shared/export-state.ts';
import { isUuid } from '../../shared/ids.ts';
import type { KeySource } from '../../shared/key-source.ts';
import type { RecordBodies, RecordedOutput } from '../../shared/record.ts';
import type { Fault } from '../../shared/recovery-error.ts';

/**
 * The name of a file as a record has it: its last part, and before it the folder where that is a key id. Nothing of
 * where it lay on the machine, which may tell a person's name. Source: docs/record.md, "What is left out".
 * @param path in the form of any system
 */
export function recordableName(path: string): string {
  const parts = path.split(/[\\/]/).filter((part) => part !== '');
  const name = parts.at(-1) ?? path;
  const folder = parts.at(-2);
  return folder !== undefined && isUuid(folder) ? `${folder.toLowerCase()}/${name}` : name;
}

/** Where a key went, as a record has it: without its folder, and with a hash only where a password guards the file. */
export function recordableOutput(output: Output): RecordedOutput {
  if (output.kind === 'shown') return { kind: 'shown', path: output.path };
  const { file, format, path, bytes, sha256Hex } = output;
  const sha256 = isClearFormat(format) ? null : sha256Hex;
  return { kind: 'file', name: recordableName(file), format, path, sizeBytes: bytes, sha256 };
}

/** Where the recovery key was, as a record has it: the module by its name alone. */
export function recordableKeySource(source: KeySource): KeySource {
  return source.kind === 'file' ? source : { ...source, module: recordableName(source.module) };
}

/** A fault as a record has it: the code, and its details without folders. */
export function recordableFault({ code, details }: Fault): RecordBodies['fault'] {
  const entries = Object.entries(details).filter(([, value]) => typeof value === 'string' || isWhole(value));
  return {
    code,
    details: Object.fromEntries(
      entries.map(([name, value]) => [name, typeof value === 'string' ? withoutFolders(value) : value]),
    ),
  };
}

function isWhole(value: unknown): boolean {
  return Number.isSafeInteger(value);
}

/** Paths start at a root, a drive or a home; other texts with a slash, like base64, are left as they are. */
function withoutFolders(text: string): string {
  return /^(?:[\\/~]|\.{1,2}[\\/]|[A-Za-z]:[\\/])/.test(text) ? recordableName(text) : text;
}
