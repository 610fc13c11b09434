/**
 * How the ciphertexts of a backup were decrypted.
 * - `software`: with a private key in this program's memory
 * - `token-oaep`: all of RSAES-OAEP inside a token
 * - `token-raw`: the RSA computation inside a token, the padding taken off in this program
 */
export type KeyMechanism = 'software' | 'token-oaep' | 'token-raw';

/** Where the recovery key was, and how it decrypted: public data, for the record. Source: docs/hsm.md. */
export type KeySource =
  | { readonly kind: 'file'; readonly mechanism: 'software' }
  | {
      readonly kind: 'hsm';
      readonly mechanism: Exclude<KeyMechanism, 'software'>;
      /** Path of the PKCS#11 module. */
      readonly module: string;
      readonly tokenLabel: string;
      readonly tokenSerial: string;
      readonly keyLabel: string;
      /** CKA_ID in lower-case hex, empty for a key without one. */
      readonly keyIdHex: string;
    };
