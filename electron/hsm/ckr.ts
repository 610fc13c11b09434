import type { ErrorCode } from '../../shared/error-codes.ts';
import { RecoveryError, type ErrorDetails } from '../../shared/recovery-error.ts';

/** Return values that are told by name; the others by number alone. Source: PKCS#11 v2.40, 3.2 "Manifest constants". */
const NAMES: Readonly<Record<number, string>> = {
  0x01: 'CKR_CANCEL',
  0x02: 'CKR_HOST_MEMORY',
  0x03: 'CKR_SLOT_ID_INVALID',
  0x05: 'CKR_GENERAL_ERROR',
  0x06: 'CKR_FUNCTION_FAILED',
  0x07: 'CKR_ARGUMENTS_BAD',
  0x20: 'CKR_DATA_INVALID',
  0x21: 'CKR_DATA_LEN_RANGE',
  0x30: 'CKR_DEVICE_ERROR',
  0x31: 'CKR_DEVICE_MEMORY',
  0x32: 'CKR_DEVICE_REMOVED',
  0x40: 'CKR_ENCRYPTED_DATA_INVALID',
  0x41: 'CKR_ENCRYPTED_DATA_LEN_RANGE',
  0x50: 'CKR_FUNCTION_CANCELED',
  0x54: 'CKR_FUNCTION_NOT_SUPPORTED',
  0x60: 'CKR_KEY_HANDLE_INVALID',
  0x62: 'CKR_KEY_SIZE_RANGE',
  0x63: 'CKR_KEY_TYPE_INCONSISTENT',
  0x68: 'CKR_KEY_FUNCTION_NOT_PERMITTED',
  0x70: 'CKR_MECHANISM_INVALID',
  0x71: 'CKR_MECHANISM_PARAM_INVALID',
  0x82: 'CKR_OBJECT_HANDLE_INVALID',
  0x90: 'CKR_OPERATION_ACTIVE',
  0x91: 'CKR_OPERATION_NOT_INITIALIZED',
  0xa0: 'CKR_PIN_INCORRECT',
  0xa1: 'CKR_PIN_INVALID',
  0xa2: 'CKR_PIN_LEN_RANGE',
  0xa3: 'CKR_PIN_EXPIRED',
  0xa4: 'CKR_PIN_LOCKED',
  0xb0: 'CKR_SESSION_CLOSED',
  0xb1: 'CKR_SESSION_COUNT',
  0xb3: 'CKR_SESSION_HANDLE_INVALID',
  0xe0: 'CKR_TOKEN_NOT_PRESENT',
  0xe1: 'CKR_TOKEN_NOT_RECOGNIZED',
  0x101: 'CKR_USER_NOT_LOGGED_IN',
  0x102: 'CKR_USER_PIN_NOT_INITIALIZED',
  0x103: 'CKR_USER_TYPE_INVALID',
  0x150: 'CKR_BUFFER_TOO_SMALL',
  0x190: 'CKR_CRYPTOKI_NOT_INITIALIZED',
};

/** Return values that mean more than that something failed. */
const CODES: Readonly<Record<number, ErrorCode>> = {
  // What a network token gives that went away, until its module is finalised.
  0x30: 'hsm.device-removed',
  0x32: 'hsm.device-removed',
  0xb0: 'hsm.device-removed',
  0xb3: 'hsm.device-removed',
  0xe0: 'hsm.device-removed',
  0x62: 'hsm.key-cannot-decrypt',
  0x63: 'hsm.key-cannot-decrypt',
  0x68: 'hsm.key-cannot-decrypt',
  0xa0: 'pin.wrong',
  0xa1: 'pin.wrong',
  0xa2: 'pin.wrong',
  0xa3: 'pin.expired',
  0xa4: 'pin.locked',
  0x101: 'pin.required',
  0x102: 'pin.not-set',
};

/** What a token answers to a ciphertext that does not fit key or label. */
const DOES_NOT_DECRYPT: readonly number[] = [0x20, 0x21, 0x40, 0x41];

/**
 * What a token answers that can't do RSA-OAEP as it is wanted here, whatever its list of mechanisms says; 0x06 also
 * for a wrong label. Source: docs/hsm.md, "Two ways to decrypt".
 */
const MECHANISM_REFUSED: readonly number[] = [0x05, 0x06, 0x07, 0x54, 0x70, 0x71];

/** The name and number of a return value, like `CKR_PIN_INCORRECT 0xa0`. */
export function ckrName(ckr: number): string {
  const hex = `0x${ckr.toString(16)}`;
  const name = NAMES[ckr];
  return name === undefined ? hex : `${name} ${hex}`;
}

/** A failed call as a fault of this program: never a secret's value, only the call's name and the number. */
export function ckrFault(ckr: number, call: string, details: ErrorDetails = {}): RecoveryError {
  return new RecoveryError(CODES[ckr] ?? 'hsm.device-error', { ...details, ckr: ckrName(ckr), call });
}

/** Says whether a decryption failed since ciphertext, key and label do not belong together. */
export function isUndecryptable(ckr: number): boolean {
  return DOES_NOT_DECRYPT.includes(ckr);
}

/** Says whether a decryption failed in a way that another mechanism may not. */
export function isMechanismRefused(ckr: number): boolean {
  return MECHANISM_REFUSED.includes(ckr);
}
