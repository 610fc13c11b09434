import { RecoveryError, type Fault } from '../../shared/recovery-error.ts';
import { settle } from '../../shared/result.ts';
import { readKitFile, type KitFile } from '../engine/kit/kit-file.ts';
import { describeKeyFile, type KeyFileDescription } from '../engine/rsa/describe-key-file.ts';
import { parseRsaPublicKey, type RsaPublicKey } from '../engine/rsa/public-key.ts';
import { readCapped } from '../files/read-capped.ts';
import { parseRegister, type Register } from '../record/register.ts';

/** What a file was found to be, by its content. */
export type InspectedFile =
  | { readonly kind: 'kit'; readonly kit: KitFile }
  | { readonly kind: 'rsa-public-key'; readonly key: RsaPublicKey }
  | { readonly kind: 'private-key'; readonly description: KeyFileDescription }
  | { readonly kind: 'register'; readonly register: Register }
  /** It is none of these, or it is a kit or register that is not good. */
  | { readonly kind: 'fault'; readonly fault: Fault };

const REGISTER_JSON = /^\uFEFF?\s*\{\s*"format"\s*:\s*"breakglass-register"/;
const REGISTER_HEADER = /^[^\n]*\bkey_id\b[^\n]*\bquorum_id\b|^[^\n]*\bquorum_id\b[^\n]*\bkey_id\b/;

/** Says what a file is. Opens nothing that is encrypted, and never fails on what a file holds. */
export async function inspectFile(file: string): Promise<InspectedFile> {
  const content = await settle(() => readCapped(file));
  if (!content.ok) return { kind: 'fault', fault: content.fault };
  const bytes = content.value;
  try {
    return await inspectContent(file, bytes);
  } finally {
    bytes.fill(0);
  }
}

async function inspectContent(file: string, bytes: Uint8Array): Promise<InspectedFile> {
  const kit = await settle(() => readKitFile(bytes));
  if (kit.ok) return { kind: 'kit', kit: kit.value };
  const publicKey = await settle(() => parseRsaPublicKey(bytes));
  if (publicKey.ok) return { kind: 'rsa-public-key', key: publicKey.value };
  const keyFile = await settle(() => describeKeyFile(bytes));
  if (keyFile.ok && isKey(keyFile.value)) return { kind: 'private-key', description: keyFile.value };
  const start = Buffer.from(bytes.subarray(0, 4096)).toString('utf8');
  if (REGISTER_HEADER.test(start) || REGISTER_JSON.test(start)) {
    const register = await settle(() => parseRegister(bytes));
    if (register.ok) return { kind: 'register', register: register.value };
    return fault(register.fault, file);
  }
  // That a file is too large for a key says nothing of a file that is no key.
  const keyFault = keyFile.ok || keyFile.fault.code === 'file.too-large' ? undefined : keyFile.fault;
  return fault(
    kit.fault.code === 'kit.not-understood' && keyFault !== undefined ? keyFault : kit.fault,
    file,
  );
}

function isKey({ kind }: KeyFileDescription): boolean {
  return kind !== 'unknown' && kind !== 'unknown-binary';
}

function fault({ code, details }: Fault, file: string): InspectedFile {
  return { kind: 'fault', fault: new RecoveryError(code, details).within({ file }).toFault() };
}
