import type { HsmToken, PinState } from '../../../shared/hsm.ts';
import { MAX_TOKENS, type TokenKey } from '../protocol/answers.ts';
import type { BridgeRequest, TokenMechanism } from '../protocol/requests.ts';
import { handleToHex, hexToHandle } from './handles.ts';
import { findRsaKeys } from './key-search.ts';
import { CK } from './numbers.ts';
import { ckrOf, type Handle, type Mechanism, type Pkcs11, type Pkcs11Package } from './pkcs11js.ts';

type DecryptRequest = Extract<BridgeRequest, { kind: 'decrypt' }>;

/** A request that does not come at its time. */
export class NotNow extends Error {
  override readonly name = 'NotNow';
}

/** The vendor's library could not be loaded; the message is the system's own. */
export class NotLoaded extends Error {
  override readonly name = 'NotLoaded';
}

/** A call of the module that failed, by its number and the function's name. */
export class CallFailed extends Error {
  override readonly name = 'CallFailed';
  readonly ckr: number;
  readonly call: string;

  constructor(ckr: number, call: string) {
    super(call);
    this.ckr = ckr;
    this.call = call;
  }
}

/** One vendor module and at most one session with one of its tokens. Methods fail with `CallFailed` and `NotNow`. */
export class TokenModule {
  readonly #pkcs11: Pkcs11;
  readonly #oaepParameters: number;
  #slot: Handle | undefined;
  #session: Handle | undefined;

  /**
   * Loads and initialises a module. Fails with `NotLoaded` and `CallFailed`.
   * @param file absolute path of the library
   * @param initArgs initialisation parameters, empty for none
   */
  constructor({ PKCS11, CK_PARAMS_RSA_OAEP }: Pkcs11Package, file: string, initArgs: string) {
    const pkcs11 = new PKCS11();
    try {
      pkcs11.load(file);
    } catch (error) {
      throw new NotLoaded(error instanceof Error ? error.message : '');
    }
    this.#pkcs11 = pkcs11;
    this.#oaepParameters = CK_PARAMS_RSA_OAEP;
    calling('C_Initialize', () => {
      // pkcs11js 2.1.7 loses the last character of the parameters.
      if (initArgs === '') pkcs11.C_Initialize();
      else pkcs11.C_Initialize({ flags: CK.CKF_OS_LOCKING_OK, libraryParameters: `${initArgs} ` });
    });
  }

  /** The tokens that are in a slot; one that can't be asked, as a card that is just pulled, is left out. */
  tokens(): readonly HsmToken[] {
    const slots = calling('C_GetSlotList', () => this.#pkcs11.C_GetSlotList(true)).slice(0, MAX_TOKENS);
    return slots.flatMap((slot) => {
      try {
        return [this.#describe(slot)];
      } catch (error) {
        if (ckrOf(error) === undefined) throw error;
        return [];
      }
    });
  }

  /** Opens a read-only session with a token, and closes one that is open. */
  openSession(slotIdHex: string): void {
    this.#closeSession();
    const slot = hexToHandle(slotIdHex);
    this.#session = this.#newSession(slot);
    this.#slot = slot;
  }

  /** Logs in as the user. @param pin UTF-8; the caller wipes it */
  login(pin: Uint8Array): void {
    this.#login(this.#openSession, CK.CKU_USER, pin);
  }

  /** The RSA private keys that the session sees. */
  keys(): readonly TokenKey[] {
    return calling('C_FindObjects', () => findRsaKeys(this.#pkcs11, this.#openSession));
  }

  /** Decrypts one block. The caller wipes the answer. */
  decrypt({ keyHex, mechanism, label, ciphertext, pin }: DecryptRequest): Uint8Array {
    const session = this.#openSession;
    const output = Buffer.alloc(ciphertext.length);
    calling('C_DecryptInit', () => {
      this.#pkcs11.C_DecryptInit(session, this.#mechanism(mechanism, label), hexToHandle(keyHex));
    });
    if (pin.length > 0) this.#login(session, CK.CKU_CONTEXT_SPECIFIC, pin);
    return calling('C_Decrypt', () => this.#pkcs11.C_Decrypt(session, Buffer.from(ciphertext), output));
  }

  /** Opens another session before it closes this one: closing the last one would log out. */
  reopen(): void {
    if (this.#slot === undefined) throw new NotNow('no session');
    const old = this.#session;
    this.#session = this.#newSession(this.#slot);
    if (old !== undefined)
      this.#tolerating(() => {
        this.#pkcs11.C_CloseSession(old);
      });
  }

  /** Logs out, closes the session, finalises: as far as the token takes part. */
  close(): void {
    this.#closeSession();
    this.#tolerating(() => {
      this.#pkcs11.C_Finalize();
    });
  }

  get #openSession(): Handle {
    if (this.#session === undefined) throw new NotNow('no session');
    return this.#session;
  }

  #newSession(slot: Handle): Handle {
    return calling('C_OpenSession', () => this.#pkcs11.C_OpenSession(slot, CK.CKF_SERIAL_SESSION));
  }

  #closeSession(): void {
    const session = this.#session;
    this.#session = undefined;
    this.#slot = undefined;
    if (session === undefined) return;
    this.#tolerating(() => {
      this.#pkcs11.C_Logout(session);
    });
    this.#tolerating(() => {
      this.#pkcs11.C_CloseSession(session);
    });
  }

  /** A string can't be wiped; this one lives until the process ends, which is with the session. */
  #login(session: Handle, userType: number, pin: Uint8Array): void {
    const text = decodePin(pin);
    try {
      calling('C_Login', () => {
        this.#pkcs11.C_Login(session, userType, text);
      });
    } catch (error) {
      if (!(error instanceof CallFailed && error.ckr === CK.CKR_USER_ALREADY_LOGGED_IN)) throw error;
    }
  }

  #mechanism(mechanism: TokenMechanism, label: Uint8Array): Mechanism {
    if (mechanism === 'token-raw') return { mechanism: CK.CKM_RSA_X_509 };
    const parameter = {
      type: this.#oaepParameters,
      hashAlg: CK.CKM_SHA256,
      mgf: CK.CKG_MGF1_SHA256,
      // NSS refuses 0, also for an empty label.
      source: CK.CKZ_DATA_SPECIFIED,
      ...(label.length === 0 ? {} : { sourceData: Buffer.from(label) }),
    };
    return { mechanism: CK.CKM_RSA_PKCS_OAEP, parameter };
  }

  #describe(slot: Handle): HsmToken {
    const { label, manufacturerID, model, serialNumber, flags } = this.#pkcs11.C_GetTokenInfo(slot);
    const has = (flag: number): boolean => (flags & flag) !== 0;
    return {
      slotIdHex: handleToHex(slot),
      label: trimmed(label),
      manufacturer: trimmed(manufacturerID),
      model: trimmed(model),
      serial: trimmed(serialNumber),
      initialized: has(CK.CKF_TOKEN_INITIALIZED),
      loginRequired: has(CK.CKF_LOGIN_REQUIRED),
      pinPad: has(CK.CKF_PROTECTED_AUTHENTICATION_PATH),
      pin: pinStateOf(has),
    };
  }

  #tolerating(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (ckrOf(error) === undefined) throw error;
    }
  }
}

/** Runs one call of the module; an error that is no answer of the module's goes on as it is. */
function calling<Value>(call: string, work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    const ckr = ckrOf(error);
    if (ckr === undefined) throw error;
    throw new CallFailed(ckr, call);
  }
}

function decodePin(pin: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(pin);
  } catch {
    throw new CallFailed(CK.CKR_PIN_INVALID, 'C_Login');
  }
}

/** Fields are padded with blanks, by some modules with zeros. */
function trimmed(field: string): string {
  return field.replace(/[ \0]+$/, '');
}

function pinStateOf(has: (flag: number) => boolean): PinState {
  if (has(CK.CKF_USER_PIN_LOCKED)) return 'locked';
  if (has(CK.CKF_USER_PIN_FINAL_TRY)) return 'final';
  if (has(CK.CKF_USER_PIN_COUNT_LOW)) return 'low';
  return has(CK.CKF_LOGIN_REQUIRED) && !has(CK.CKF_USER_PIN_INITIALIZED) ? 'not-set' : 'good';
}
