/** What a token says of the tries that its user PIN has left, as far as it says it. Source: PKCS#11 v2.40, CK_TOKEN_INFO. */
export type PinState = 'good' | 'low' | 'final' | 'locked' | 'not-set';

/** A PKCS#11 module, and what it is started with. */
export interface HsmModule {
  /** Absolute path of the vendor's library. */
  readonly file: string;
  /** Initialisation parameters, which NSS needs and an ordinary token does not. */
  readonly initArgs: string | undefined;
}

/** One token in a slot, as it describes itself: public, and not to be trusted. */
export interface HsmToken {
  /** The slot's number in lower-case hex, big-endian, as long as the platform's `CK_ULONG`. */
  readonly slotIdHex: string;
  readonly label: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly serial: string;
  /** Whether it was set up, so that it can hold keys. */
  readonly initialized: boolean;
  readonly loginRequired: boolean;
  /** Whether the PIN is typed on the token's own keypad, which this program can't start. */
  readonly pinPad: boolean;
  readonly pin: PinState;
}

/** A module that was found at the place where its maker puts it. */
export interface OfferedModule {
  /** Whose tokens it speaks to. */
  readonly name: string;
  /** Path of the library. */
  readonly file: string;
}

/** What was chosen on the way to a key in a token; later fields are there once earlier ones are. */
export interface HsmChoice {
  readonly offered: readonly OfferedModule[];
  readonly module: HsmModule | null;
  /** The tokens of the module, once it was asked. */
  readonly tokens: readonly HsmToken[] | null;
  /** The keys of the token, where the user has to say which one is meant. */
  readonly keys: readonly HsmKeyView[] | null;
}

/** One RSA private key in a token, its public half only. */
export interface HsmKeyView {
  readonly label: string;
  /** CKA_ID in lower-case hex, empty for a key without one. */
  readonly idHex: string;
  readonly modulusBits: number;
  /** SHA-256 of the public key as SubjectPublicKeyInfo, lower-case hex. */
  readonly fingerprintHex: string;
  /** What the token says; it is only proved by a decryption. */
  readonly canDecrypt: boolean;
  /** Whether the token wants the PIN again for every decryption. */
  readonly alwaysAuthenticate: boolean;
}
