/** What is used of the package, which brings no types. */
declare module 'bcrypt-pbkdf' {
  const bcryptPbkdf: {
    /** Bytes of a hash. */
    readonly HASHSIZE: number;
    /** Fills `hash`, 32 bytes, from the SHA-512 of a password and that of a salt. */
    readonly hash: (hashedPassword: Uint8Array, hashedSalt: Uint8Array, hash: Uint8Array) => void;
    /** The whole derivation, for tests to compare with. Fills `key`; answers 0, or -1 where an argument is not allowed. */
    readonly pbkdf: (
      password: Uint8Array,
      passwordLength: number,
      salt: Uint8Array,
      saltLength: number,
      key: Uint8Array,
      keyLength: number,
      rounds: number,
    ) => number;
  };
  // eslint-disable-next-line no-restricted-syntax -- how a CommonJS module is seen from here
  export default bcryptPbkdf;
}
