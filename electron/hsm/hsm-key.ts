import type { HsmKeyView, HsmModule, HsmToken } from '../../shared/hsm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { equalBytes } from '../engine/bytes/compare.ts';
import { SecretBytes } from '../engine/bytes/secret-bytes.ts';
import type { Decryptor } from '../engine/rsa/decrypt.ts';
import { oaepBlockLooksRight, oaepDecode } from '../engine/rsa/oaep-decode.ts';
import type { RsaPublicKey } from '../engine/rsa/public-key.ts';
import type { BridgeCaller } from './bridge-caller.ts';
import { ckrName, isMechanismRefused, isUndecryptable } from './ckr.ts';
import type { TokenKey } from './protocol/answers.ts';
import type { TokenMechanism } from './protocol/requests.ts';

/** What a key is made of. */
interface KeyParts {
  readonly bridge: BridgeCaller;
  readonly module: HsmModule;
  readonly token: HsmToken;
  readonly view: HsmKeyView;
  readonly key: TokenKey;
  readonly publicKey: RsaPublicKey;
  /** The session's own; given to a key that wants it for every decryption. */
  readonly pin: SecretBytes | undefined;
  /** Whether the session has ended: the key's handle may by now be another key's. */
  readonly hasEnded: () => boolean;
}

/** A decryption that the token answered with a number. */
interface Refusal {
  readonly ckr: number;
  readonly call: string;
}

const NO_BYTES = new Uint8Array();

/** What opencryptoki answers to a wrong label. */
const FUNCTION_FAILED = 0x06;

/**
 * An RSA private key in a token. It decrypts all of RSA-OAEP inside the token where that works, else the token
 * computes and the padding comes off here; it remembers which way worked. The private key itself is never asked for.
 * Source: docs/hsm.md, "Two ways to decrypt".
 */
export class HsmKey {
  readonly publicKey: RsaPublicKey;
  readonly view: HsmKeyView;
  readonly token: HsmToken;
  readonly module: HsmModule;
  readonly #bridge: BridgeCaller;
  readonly #pin: SecretBytes | undefined;
  readonly #hasEnded: () => boolean;
  #key: TokenKey;
  #mechanism: TokenMechanism | undefined;

  constructor(parts: KeyParts) {
    this.publicKey = parts.publicKey;
    this.view = parts.view;
    this.token = parts.token;
    this.module = parts.module;
    this.#bridge = parts.bridge;
    this.#pin = parts.pin;
    this.#hasEnded = parts.hasEnded;
    this.#key = parts.key;
  }

  /** The way of decrypting that worked; undefined before one has. */
  get mechanism(): TokenMechanism | undefined {
    return this.#mechanism;
  }

  /**
   * Makes a decryptor: RSAES-OAEP, SHA-256, MGF1-SHA-256. Source: RFC 8017 7.1.2.
   * It fails with `decryption.failed`, `hsm.key-cannot-decrypt`, `hsm.mechanism-missing`, `hsm.session-ended`, `pin.required` and what
   * `BridgeCaller.ask` fails with, naming the module.
   * @param label any bytes, also none
   */
  decryptor(label: Uint8Array): Decryptor {
    return (ciphertext) => this.#naming(() => this.#decrypt(ciphertext, label));
  }

  /**
   * Tells a wrong label from a wrong key, as `labelMismatchProbe` does; `label` where the token can't tell.
   * Fails with what ends a bridge.
   */
  labelOrKey(ciphertext: Uint8Array): Promise<'label' | 'key'> {
    return this.#naming(async () => {
      if (ciphertext.length !== this.publicKey.modulusBytes) return 'key';
      const block = await this.#rawBlock(ciphertext);
      if (!(block instanceof Uint8Array)) return 'label';
      try {
        return oaepBlockLooksRight(block) ? 'label' : 'key';
      } finally {
        block.fill(0);
      }
    });
  }

  async #decrypt(ciphertext: Uint8Array, label: Uint8Array): Promise<SecretBytes> {
    if (ciphertext.length !== this.publicKey.modulusBytes) throw new RecoveryError('decryption.failed');
    if (this.#mechanism === 'token-raw') return await this.#decryptRaw(ciphertext, label, undefined);
    const block = await this.#ask('token-oaep', ciphertext, label);
    if (block instanceof Uint8Array) {
      this.#mechanism = 'token-oaep';
      return SecretBytes.consume(block);
    }
    // Where OAEP has worked before, the token can do it, and this ciphertext is the one that it can't decrypt.
    const worked = this.#mechanism === 'token-oaep';
    if (worked && block.ckr === FUNCTION_FAILED) throw new RecoveryError('decryption.failed');
    if (worked || !isMechanismRefused(block.ckr)) throw this.#fault(block);
    return await this.#decryptRaw(ciphertext, label, block);
  }

  async #decryptRaw(
    ciphertext: Uint8Array,
    label: Uint8Array,
    oaep: Refusal | undefined,
  ): Promise<SecretBytes> {
    const block = await this.#rawBlock(ciphertext);
    if (!(block instanceof Uint8Array)) {
      if (oaep === undefined || !isMechanismRefused(block.ckr)) throw this.#fault(block);
      const details = { oaep: ckrName(oaep.ckr), raw: ckrName(block.ckr) };
      throw new RecoveryError('hsm.mechanism-missing', details);
    }
    try {
      const message = oaepDecode(block, label);
      this.#mechanism = 'token-raw';
      return message;
    } finally {
      block.fill(0);
    }
  }

  /** A raw block as long as the modulus: some tokens leave leading zeros out. */
  async #rawBlock(ciphertext: Uint8Array): Promise<Uint8Array | Refusal> {
    const block = await this.#ask('token-raw', ciphertext, NO_BYTES);
    if (!(block instanceof Uint8Array)) return block;
    const padded = new Uint8Array(ciphertext.length);
    padded.set(block, padded.length - block.length);
    block.fill(0);
    return padded;
  }

  async #ask(
    mechanism: TokenMechanism,
    ciphertext: Uint8Array,
    label: Uint8Array,
  ): Promise<Uint8Array | Refusal> {
    if (this.#hasEnded()) throw new RecoveryError('hsm.session-ended');
    if (this.view.alwaysAuthenticate && this.#pin === undefined) {
      throw new RecoveryError('pin.required', { token: this.token.label });
    }
    const pin = this.#pin?.use((secret) => Uint8Array.from(secret)) ?? NO_BYTES;
    try {
      const { keyHex } = this.#key;
      const answer = await this.#bridge.call({ kind: 'decrypt', keyHex, mechanism, label, ciphertext, pin });
      if (answer.kind === 'ckr') {
        const fault = this.#bridge.fault(answer.ckr, answer.call);
        if (this.#bridge.ended) throw fault;
        await this.#startOver();
        return answer;
      }
      if (answer.kind === 'block' && answer.block.length <= ciphertext.length) return answer.block;
      throw this.#bridge.badAnswer('decrypt');
    } finally {
      pin.fill(0);
    }
  }

  /** A call that failed can leave its operation open, which makes the next one fail: another session is opened. */
  async #startOver(): Promise<void> {
    await this.#bridge.ask({ kind: 'reopen' }, 'done');
    const { keys } = await this.#bridge.ask({ kind: 'keys' }, 'keys');
    const again = keys.find(
      ({ label, idHex, modulus }) =>
        label === this.#key.label && idHex === this.#key.idHex && equalBytes(modulus, this.#key.modulus),
    );
    if (again === undefined) throw new RecoveryError('hsm.key-not-found', { wanted: this.view.label });
    this.#key = again;
  }

  #fault({ ckr, call }: Refusal): RecoveryError {
    return isUndecryptable(ckr) ? new RecoveryError('decryption.failed') : this.#bridge.fault(ckr, call);
  }

  /** Every fault of a token names its module. */
  async #naming<Value>(work: () => Promise<Value>): Promise<Value> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof RecoveryError) || error.code === 'decryption.failed') throw error;
      throw error.within({ file: this.module.file });
    }
  }
}
