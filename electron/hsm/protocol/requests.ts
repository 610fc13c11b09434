import type { KeyMechanism } from '../../../shared/key-source.ts';
import { allRead, bytesField, handleField, isUntrusted, numberField, textField } from './fields.ts';

/** The mechanisms that a token may be asked for. */
export type TokenMechanism = Exclude<KeyMechanism, 'software'>;

/** What the bridge can be asked to do; one thing at a time. Source: docs/hsm.md, "How it is built". */
export type BridgeRequest =
  /** Loads the vendor's library and initialises it; the first request to a bridge. */
  | { readonly kind: 'load'; readonly file: string; readonly initArgs: string }
  /** Lists the tokens that are in a slot. */
  | { readonly kind: 'tokens' }
  /** Opens a session with a token, in place of an older one. */
  | { readonly kind: 'open-session'; readonly slotIdHex: string }
  /** Logs in as the user. The bridge wipes the PIN right after. */
  | { readonly kind: 'login'; readonly pin: Uint8Array }
  /** Lists the RSA private keys that the session sees. */
  | { readonly kind: 'keys' }
  /** Decrypts one block; with a PIN for a key that wants it for every decryption, empty for others. */
  | {
      readonly kind: 'decrypt';
      readonly keyHex: string;
      readonly mechanism: TokenMechanism;
      readonly label: Uint8Array;
      readonly ciphertext: Uint8Array;
      readonly pin: Uint8Array;
    }
  /** Opens another session and closes the old one, so that the login stays: after a call that failed. */
  | { readonly kind: 'reopen' }
  /** Logs out, closes the session and finalises the module. */
  | { readonly kind: 'close' };

/** A request and its number, which the answer repeats. */
export type NumberedRequest = { readonly id: number } & BridgeRequest;

const MAX_PATH = 4096;
const MAX_INIT_ARGS = 4096;
const MAX_LABEL_BYTES = 64 * 1024;

/** The longest PIN that is passed on, in bytes. */
export const MAX_PIN_BYTES = 256;
/** The longest RSA block, in bytes: 16384 bits. */
export const MAX_BLOCK_BYTES = 2048;

/** Reads a request; undefined for what is none. */
export function readRequest(message: unknown): NumberedRequest | undefined {
  if (!isUntrusted(message)) return undefined;
  const id = numberField(message, 'id');
  const { kind } = message;
  switch (kind) {
    case 'load':
      return allRead<NumberedRequest>({
        id,
        kind,
        file: textField(message, 'file', MAX_PATH),
        initArgs: textField(message, 'initArgs', MAX_INIT_ARGS),
      });
    case 'open-session':
      return allRead<NumberedRequest>({ id, kind, slotIdHex: handleField(message, 'slotIdHex') });
    case 'login':
      return allRead<NumberedRequest>({ id, kind, pin: bytesField(message, 'pin', MAX_PIN_BYTES) });
    case 'decrypt':
      return allRead<NumberedRequest>({
        id,
        kind,
        keyHex: handleField(message, 'keyHex'),
        mechanism: mechanismOf(message['mechanism']),
        label: bytesField(message, 'label', MAX_LABEL_BYTES),
        ciphertext: bytesField(message, 'ciphertext', MAX_BLOCK_BYTES),
        pin: bytesField(message, 'pin', MAX_PIN_BYTES),
      });
    case 'tokens':
    case 'keys':
    case 'reopen':
    case 'close':
      return id === undefined ? undefined : { id, kind };
    default:
      return undefined;
  }
}

function mechanismOf(value: unknown): TokenMechanism | undefined {
  return value === 'token-oaep' || value === 'token-raw' ? value : undefined;
}
