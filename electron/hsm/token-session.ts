import type { HsmKeyView, HsmModule, HsmToken } from '../../shared/hsm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import { rsaPublicKeyOf, type RsaPublicKey } from '../engine/rsa/public-key.ts';
import type { BridgeCaller } from './bridge-caller.ts';
import { HsmKey } from './hsm-key.ts';
import type { TokenKey } from './protocol/answers.ts';
import { MAX_PIN_BYTES } from './protocol/requests.ts';

/** What a session is made of; the PIN stays the caller's to wipe. */
interface SessionParts {
  readonly bridge: BridgeCaller;
  readonly module: HsmModule;
  readonly token: HsmToken;
  readonly keys: readonly TokenKey[];
  readonly pin: SecretBytes | undefined;
}

/** A session with one token, which ends with the next one of its client. It owns a PIN only for keys that want it again. */
export class TokenSession {
  readonly token: HsmToken;
  /** The RSA private keys that the token shows now. */
  readonly keys: readonly HsmKeyView[];
  readonly #parts: SessionParts;
  readonly #listed = new Map<HsmKeyView, TokenKey>();
  readonly #pin: SecretBytes | undefined;
  #ended = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.token = parts.token;
    for (const key of parts.keys) this.#listed.set(viewOf(key), key);
    this.keys = [...this.#listed.keys()];
    const wantsPinAgain = parts.keys.some(({ alwaysAuthenticate }) => alwaysAuthenticate);
    this.#pin = wantsPinAgain ? parts.pin?.use((bytes) => new SecretBytes(bytes)) : undefined;
  }

  /**
   * A key to decrypt with. Fails with `hsm.bad-modulus` when its public numbers make no RSA key.
   * @param view one of `keys`
   */
  key(view: HsmKeyView): HsmKey {
    const listed = this.#listed.get(view);
    if (listed === undefined) throw new Error('a key of another session');
    const { bridge, module, token } = this.#parts;
    const publicKey = readNumbers(listed);
    if (publicKey === undefined) {
      throw new RecoveryError('hsm.bad-modulus', { file: module.file, key: view.label });
    }
    const pin = view.alwaysAuthenticate ? this.#pin : undefined;
    const hasEnded = (): boolean => this.#ended;
    return new HsmKey({ bridge, module, token, view, key: listed, publicKey, pin, hasEnded });
  }

  /** Wipes the PIN, if it was kept; keys of this session fail from now on. */
  end(): void {
    this.#ended = true;
    this.#pin?.wipe();
  }
}

/**
 * Logs in, once. Fails with `pin.required`, `pin.wrong`, telling what the token says of the tries that are left,
 * `pin.locked`, and what `BridgeCaller.ask` fails with.
 */
export async function logIn(bridge: BridgeCaller, token: HsmToken, pin: SecretBytes): Promise<void> {
  if (pin.length === 0) throw new RecoveryError('pin.required', { token: token.label });
  if (pin.length > MAX_PIN_BYTES)
    throw new RecoveryError('pin.wrong', { token: token.label, reason: 'too long' });
  const bytes = pin.use((secret) => Uint8Array.from(secret));
  try {
    await bridge.ask({ kind: 'login', pin: bytes }, 'done');
  } catch (error) {
    if (!(error instanceof RecoveryError)) throw error;
    throw (error.code === 'pin.wrong' ? await withTries(bridge, token, error) : error).within({
      token: token.label,
    });
  } finally {
    bytes.fill(0);
  }
}

async function withTries(
  bridge: BridgeCaller,
  { slotIdHex }: HsmToken,
  error: RecoveryError,
): Promise<RecoveryError> {
  const { tokens } = await bridge.ask({ kind: 'tokens' }, 'tokens');
  const tries = tokens.find((token) => token.slotIdHex === slotIdHex)?.pin;
  if (tries === 'locked') return new RecoveryError('pin.locked', error.details);
  return tries === 'low' || tries === 'final' ? error.within({ tries }) : error;
}

/** Numbers of no RSA key make a view of 0 bits and no fingerprint: the key can be seen and not used. */
function viewOf(key: TokenKey): HsmKeyView {
  const { label, idHex, canDecrypt, alwaysAuthenticate } = key;
  const publicKey = readNumbers(key);
  return {
    label,
    idHex,
    canDecrypt,
    alwaysAuthenticate,
    modulusBits: publicKey?.modulusBits ?? 0,
    fingerprintHex: publicKey?.fingerprintHex ?? '',
  };
}

/** Some tokens give their numbers with leading zeros. */
function readNumbers({ modulus, exponent }: TokenKey): RsaPublicKey | undefined {
  try {
    return rsaPublicKeyOf(unpadded(modulus), unpadded(exponent));
  } catch (error) {
    if (error instanceof RecoveryError) return undefined;
    throw error;
  }
}

function unpadded(number: Uint8Array): Uint8Array {
  const start = number.findIndex((byte) => byte !== 0);
  return start < 0 ? new Uint8Array() : number.subarray(start);
}
