import type { HsmToken, PinState } from '../../../shared/hsm.ts';
import {
  allRead,
  booleanField,
  bytesField,
  handleField,
  isUntrusted,
  listField,
  numberField,
  textField,
  type Untrusted,
} from './fields.ts';
import { MAX_BLOCK_BYTES } from './requests.ts';

/** Why there is no PKCS#11 support at all. */
export type AbsentReason = 'not installed' | 'not built' | 'built for another system';

/** One RSA private key as the token tells of it; its numbers are as they came, of any length up to the cap. */
export interface TokenKey {
  /** The object's handle in the session that listed it. */
  readonly keyHex: string;
  readonly label: string;
  readonly idHex: string;
  readonly modulus: Uint8Array;
  readonly exponent: Uint8Array;
  readonly canDecrypt: boolean;
  readonly alwaysAuthenticate: boolean;
}

/** What the bridge answers. Faults of the token are numbers (CKR), turned into words on the other side. */
export type BridgeAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'tokens'; readonly tokens: readonly HsmToken[] }
  | { readonly kind: 'keys'; readonly keys: readonly TokenKey[] }
  /** What the mechanism gave; the receiver wipes it. */
  | { readonly kind: 'block'; readonly block: Uint8Array }
  /** A function of the module answered with something else than CKR_OK. */
  | { readonly kind: 'ckr'; readonly ckr: number; readonly call: string }
  /** The library is not there, is no library, or is no PKCS#11 module. */
  | { readonly kind: 'not-loaded'; readonly reason: string }
  | { readonly kind: 'absent'; readonly reason: AbsentReason }
  /** A request that can't be read or does not come at its time: a bug on the other side. */
  | { readonly kind: 'refused'; readonly reason: string };

/** An answer and the number of its request. */
export type NumberedAnswer = { readonly id: number } & BridgeAnswer;

/** At most so many tokens are told of. */
export const MAX_TOKENS = 256;
/** At most so many RSA private keys of a token are told of. */
export const MAX_KEYS = 256;
/** The longest label or id of a key that is told, in bytes. */
export const MAX_NAME_BYTES = 256;
/** The longest reason for a library that can't be loaded, in UTF-16 units. */
export const MAX_REASON = 300;

const TOKEN_TEXT = 64;
const PIN_STATES: readonly PinState[] = ['good', 'low', 'final', 'locked', 'not-set'];
const ABSENT_REASONS: readonly AbsentReason[] = ['not installed', 'not built', 'built for another system'];

/** Reads an answer; undefined for what is none. What it says may still be a lie. */
export function readAnswer(message: unknown): NumberedAnswer | undefined {
  if (!isUntrusted(message)) return undefined;
  const id = numberField(message, 'id');
  const { kind } = message;
  switch (kind) {
    case 'done':
      return id === undefined ? undefined : { id, kind };
    case 'tokens':
      return allRead<NumberedAnswer>({
        id,
        kind,
        tokens: listField(message, 'tokens', MAX_TOKENS, readToken),
      });
    case 'keys':
      return allRead<NumberedAnswer>({ id, kind, keys: listField(message, 'keys', MAX_KEYS, readKey) });
    case 'block':
      return allRead<NumberedAnswer>({ id, kind, block: bytesField(message, 'block', MAX_BLOCK_BYTES) });
    case 'ckr':
      return allRead<NumberedAnswer>({
        id,
        kind,
        ckr: numberField(message, 'ckr'),
        call: functionName(message),
      });
    case 'not-loaded':
    case 'refused':
      return allRead<NumberedAnswer>({ id, kind, reason: textField(message, 'reason', MAX_REASON) });
    case 'absent': {
      const reason = ABSENT_REASONS.find((known) => known === message['reason']);
      return allRead<NumberedAnswer>({ id, kind, reason });
    }
    default:
      return undefined;
  }
}

/** The name of a PKCS#11 function, or of a step of the bridge. */
function functionName(from: Untrusted): string | undefined {
  const call = textField(from, 'call', TOKEN_TEXT);
  return call !== undefined && /^[A-Za-z_]+$/.test(call) ? call : undefined;
}

function readToken(from: Untrusted): HsmToken | undefined {
  return allRead<HsmToken>({
    slotIdHex: handleField(from, 'slotIdHex'),
    label: textField(from, 'label', TOKEN_TEXT),
    manufacturer: textField(from, 'manufacturer', TOKEN_TEXT),
    model: textField(from, 'model', TOKEN_TEXT),
    serial: textField(from, 'serial', TOKEN_TEXT),
    initialized: booleanField(from, 'initialized'),
    loginRequired: booleanField(from, 'loginRequired'),
    pinPad: booleanField(from, 'pinPad'),
    pin: PIN_STATES.find((known) => known === from['pin']),
  });
}

function readKey(from: Untrusted): TokenKey | undefined {
  const idHex = textField(from, 'idHex', 2 * MAX_NAME_BYTES);
  return allRead<TokenKey>({
    keyHex: handleField(from, 'keyHex'),
    label: textField(from, 'label', MAX_NAME_BYTES),
    idHex: idHex !== undefined && /^(?:[0-9a-f]{2})*$/.test(idHex) ? idHex : undefined,
    modulus: bytesField(from, 'modulus', 2 * MAX_BLOCK_BYTES),
    exponent: bytesField(from, 'exponent', 2 * MAX_BLOCK_BYTES),
    canDecrypt: booleanField(from, 'canDecrypt'),
    alwaysAuthenticate: booleanField(from, 'alwaysAuthenticate'),
  });
}
