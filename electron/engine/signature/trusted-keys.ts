import { RecoveryError } from '../../../shared/recovery-error.ts';
import { readMinisignPublicKey, type MinisignPublicKey } from './minisign.ts';
import { readSshPublicKeyText } from './ssh-public-key.ts';
import { RECORD_NAMESPACE } from './sshsig.ts';

/** A public key that somebody vouches for. */
export type TrustedKey =
  | {
      readonly kind: 'ssh';
      readonly publicKey: Uint8Array;
      /** Whose it is, from an allowed signers file, or a key's comment; empty where nothing is said. */
      readonly principal: string;
      /** Whether it may sign records. */
      readonly mayRecord: boolean;
    }
  | ({ readonly kind: 'minisign'; readonly principal: string } & MinisignPublicKey);

const MAX_KEYS = 256;
const KEY_TYPE = /^(?:(?:ssh|ecdsa|sk)-[\w@.-]+|[\w.-]+@openssh\.com)$/;
const COMMENT = 'untrusted comment:';

/**
 * Reads public keys: OpenSSH's `.pub` lines, an allowed signers file, or a public key of minisign. Of an allowed
 * signers file `namespaces` is held; a line whose options can't be held here is refused, not passed over.
 * Source: ssh-keygen(1), "ALLOWED SIGNERS"; minisign, "Minisign file formats".
 * Fails with `signing-key.not-understood`, `signing-key.unsupported` (another algorithm or option).
 * @param content of the file
 * @returns at least one key
 */
export function parseTrustedKeys(content: Uint8Array): readonly TrustedKey[] {
  const lines = Buffer.from(content).toString('utf8').split(/\r?\n/);
  const keys = lines.flatMap((line) => {
    const text = line.trim();
    return text === '' || text.startsWith('#') || text.startsWith(COMMENT) ? [] : [readLine(text)];
  });
  if (keys.length === 0 || keys.length > MAX_KEYS) return refuse();
  return keys;
}

function readLine(line: string): TrustedKey {
  const minisign = readMinisignPublicKey(line);
  if (minisign !== undefined) return { kind: 'minisign', principal: '', ...minisign };
  const words = line.match(/(?:[^\s"]|"[^"]*")+/g) ?? [];
  const at = words.findIndex((word) => KEY_TYPE.test(word));
  const base64 = words[at + 1];
  if (at < 0 || at > 2 || base64 === undefined) return refuse();
  const [principals, options] = words.slice(0, at);
  const publicKey = readSshPublicKeyText(base64);
  const comment = words.slice(at + 2).join(' ');
  return {
    kind: 'ssh',
    publicKey,
    principal: principals?.replaceAll('"', '') ?? comment,
    mayRecord: options === undefined || allows(options),
  };
}

/** Options are parted by commas outside of quotation marks. */
function allows(options: string): boolean {
  return (options.match(/(?:[^,"]|"[^"]*")+/g) ?? []).every((option) => {
    const [name = '', value = ''] = option.split(/=(.*)/s);
    if (name.toLowerCase() !== 'namespaces')
      throw new RecoveryError('signing-key.unsupported', { algorithm: name });
    return value.replaceAll('"', '').split(',').some(matchesNamespace);
  });
}

/** A pattern of OpenSSH: `*` and `?` stand for any characters, and for any one. Source: ssh_config(5), "PATTERNS". */
function matchesNamespace(pattern: string): boolean {
  const escaped = pattern.replaceAll(/[\\^$.+()[\]{}|]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(RECORD_NAMESPACE);
}

function refuse(): never {
  throw new RecoveryError('signing-key.not-understood', { reason: 'public key' });
}
