import { resolve } from 'node:path';

import type { HsmModule } from '../../shared/hsm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import { HSM_DEADLINE_MS } from '../hsm/client.ts';
import { usualModuleNamed } from '../hsm/modules.ts';
import type { KeyWish, TokenWish } from '../hsm/select.ts';
import { parsePkcs11Uri, type Pkcs11Uri } from '../hsm/uri.ts';
import type { OptionTable, ParsedOptions } from './options.ts';

/** How a token is named and reached. */
export const TOKEN_OPTIONS: OptionTable = {
  'pkcs11-module': { value: 'FILE', help: "the HSM vendor's PKCS#11 library" },
  'pkcs11-uri': {
    value: 'URI',
    help: 'module, token and key in one, by RFC 7512, in place of the options for them',
  },
  token: { value: 'LABEL', help: 'label of the token, where the module has several' },
  'pin-file': { value: 'FILE', help: "read the token's PIN from the first line of a file" },
  'pin-stdin': { help: "read the token's PIN from standard input" },
  'pkcs11-init-args': { value: 'TEXT', help: 'initialisation parameters of the module; NSS needs them' },
  'pkcs11-timeout': { value: 'SECONDS', help: 'how long one call of the module may take; 30 unless said' },
};

/** How a key in a token is named and reached. */
export const HSM_OPTIONS: OptionTable = {
  ...TOKEN_OPTIONS,
  'pkcs11-key': { value: 'LABEL', help: 'label of the key, where the token has several' },
  'pkcs11-id': { value: 'HEX', help: 'id of the key (CKA_ID), in hex' },
};

/** What the options say of an HSM. */
export interface HsmChoice {
  readonly module: HsmModule;
  readonly token: TokenWish;
  readonly key: KeyWish;
  readonly deadlineMs: number;
  /** Where a URI says that the PIN is. */
  readonly pinFile: string | undefined;
}

const MAX_SECONDS = 3600;
const MAX_TEXT = 4096;
const NEEDS_MODULE = 'without --pkcs11-module or --pkcs11-uri';

/**
 * Reads the options of an HSM; undefined when none is given.
 * Fails with `usage.invalid` when they contradict each other or can't be read, with `pkcs11-uri.malformed`, and with
 * `hsm.module-failed` for the name of a module that is at none of the usual places.
 */
export function readHsmOptions(options: ParsedOptions): HsmChoice | undefined {
  const [given] = Object.keys(HSM_OPTIONS).filter((name) => options.has(name));
  if (given === undefined) return undefined;
  if (!options.has('pkcs11-module') && !options.has('pkcs11-uri')) throw refused(given, NEEDS_MODULE);
  const uriText = options.optional('pkcs11-uri');
  const uri = uriText === undefined ? undefined : parsePkcs11Uri(uriText);
  refusePairs(options, uri);
  return {
    module: { file: moduleFile(options, uri), initArgs: readInitArgs(options) },
    token: uri?.token ?? {
      label: options.optional('token'),
      serial: undefined,
      manufacturer: undefined,
      model: undefined,
      slotId: undefined,
    },
    key: uri?.key ?? { label: options.optional('pkcs11-key'), idHex: readIdHex(options) },
    deadlineMs: readDeadline(options),
    pinFile: uri?.pinFile,
  };
}

/** As `readHsmOptions`, for a command that is of no use without an HSM. */
export function requireHsmOptions(options: ParsedOptions): HsmChoice {
  const choice = readHsmOptions(options);
  if (choice === undefined) throw refused('pkcs11-module', 'missing');
  return choice;
}

/** Two options that say the same thing, or each of which would take standard input for itself. */
function refusePairs(options: ParsedOptions, uri: Pkcs11Uri | undefined): void {
  const refusePair = (one: string, other: string): void => {
    if (options.has(one) && options.has(other)) throw refused(one, `with --${other}`);
  };
  for (const name of ['token', 'pkcs11-key', 'pkcs11-id']) refusePair(name, 'pkcs11-uri');
  refusePair('pin-stdin', 'pin-file');
  refusePair('pin-stdin', 'password-stdin');
  for (const name of ['pin-file', 'pin-stdin']) {
    if (options.has(name) && uri?.pinFile !== undefined)
      throw refused(name, 'with a pin-source in --pkcs11-uri');
  }
}

function moduleFile(options: ParsedOptions, uri: Pkcs11Uri | undefined): string {
  const file = options.optional('pkcs11-module');
  const { modulePath, moduleName } = uri ?? {};
  if (file !== undefined) {
    if ((modulePath ?? moduleName) !== undefined)
      throw refused('pkcs11-module', 'with a module in --pkcs11-uri');
    return resolve(file);
  }
  if (modulePath !== undefined) return resolve(modulePath);
  if (moduleName === undefined) {
    throw refused('pkcs11-uri', 'without --pkcs11-module, unless it holds a module-path');
  }
  const found = usualModuleNamed(moduleName);
  if (found === undefined)
    throw new RecoveryError('hsm.module-failed', { file: moduleName, reason: 'not found' });
  return found.file;
}

function readInitArgs(options: ParsedOptions): string | undefined {
  const text = options.optional('pkcs11-init-args');
  if (text !== undefined && text.length > MAX_TEXT) throw refused('pkcs11-init-args', 'the text is too long');
  return text;
}

function readIdHex(options: ParsedOptions): string | undefined {
  const text = options.optional('pkcs11-id');
  if (text !== undefined && !/^(?:[0-9a-f]{2}){1,256}$/i.test(text)) {
    throw refused('pkcs11-id', 'an even number of hex digits is needed');
  }
  return text?.toLowerCase();
}

function readDeadline(options: ParsedOptions): number {
  const text = options.optional('pkcs11-timeout');
  if (text === undefined) return HSM_DEADLINE_MS;
  const seconds = /^[0-9]{1,4}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > MAX_SECONDS) {
    throw refused('pkcs11-timeout', `a whole number of seconds from 1 to ${MAX_SECONDS} is needed`);
  }
  return seconds * 1000;
}

function refused(name: string, reason: string): RecoveryError {
  return new RecoveryError('usage.invalid', { option: `--${name}`, reason });
}
