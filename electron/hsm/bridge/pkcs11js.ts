import { createRequire } from 'node:module';

import type { AbsentReason } from '../protocol/answers.ts';

/** A slot, session or object: a `CK_ULONG` in the platform's own byte order. */
export type Handle = Buffer;

/** One attribute of an object, asked for or searched by. */
export interface Attribute {
  readonly type: number;
  readonly value?: number | boolean | string | Buffer;
}

/** What is asked of a mechanism. Source: PKCS#11 v2.40, CK_MECHANISM. */
export interface Mechanism {
  readonly mechanism: number;
  readonly parameter?: {
    /** Which parameters these are, in pkcs11js' own numbers. */
    readonly type: number;
    readonly hashAlg: number;
    readonly mgf: number;
    readonly source: number;
    readonly sourceData?: Buffer;
  };
}

/** `CK_TOKEN_INFO`, as far as it is read here. */
export interface TokenInfo {
  readonly label: string;
  readonly manufacturerID: string;
  readonly model: string;
  readonly serialNumber: string;
  readonly flags: number;
}

/** The functions of a module that this program calls. All of them are synchronous, and throw what isn't CKR_OK. */
export interface Pkcs11 {
  load(file: string): void;
  C_Initialize(options?: { readonly flags: number; readonly libraryParameters: string }): void;
  C_Finalize(): void;
  C_GetSlotList(tokenPresent: boolean): readonly Handle[];
  C_GetTokenInfo(slot: Handle): TokenInfo;
  C_OpenSession(slot: Handle, flags: number): Handle;
  C_CloseSession(session: Handle): void;
  C_Login(session: Handle, userType: number, pin: string): void;
  C_Logout(session: Handle): void;
  C_FindObjectsInit(session: Handle, template: readonly Attribute[]): void;
  C_FindObjects(session: Handle, maxCount: number): readonly Handle[];
  C_FindObjectsFinal(session: Handle): void;
  C_GetAttributeValue(
    session: Handle,
    object: Handle,
    template: readonly Attribute[],
  ): readonly { readonly value?: Buffer }[];
  C_DecryptInit(session: Handle, mechanism: Mechanism, key: Handle): void;
  C_Decrypt(session: Handle, input: Buffer, output: Buffer): Buffer;
}

/** The package, as far as it is used here. */
export interface Pkcs11Package {
  readonly PKCS11: new () => Pkcs11;
  readonly CK_PARAMS_RSA_OAEP: number;
}

const PACKAGE = 'pkcs11js';

/**
 * Finds the optional package, at run time: no bundle holds it, and where it is absent the rest works without.
 * Its own types are not used for the same reason.
 */
export function loadPkcs11js(): Pkcs11Package | AbsentReason {
  const require = createRequire(import.meta.url);
  try {
    require.resolve(PACKAGE);
  } catch {
    return 'not installed';
  }
  try {
    return require(PACKAGE) as Pkcs11Package;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'MODULE_NOT_FOUND' ? 'not built' : 'built for another system';
  }
}

/** The number in an error of pkcs11js; undefined for an error that is none of the module's answers. */
export function ckrOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || error.name !== 'Pkcs11Error') return undefined;
  const { code } = error as { code?: unknown };
  return typeof code === 'number' && Number.isSafeInteger(code) && code > 0 ? code : undefined;
}
