import type { HsmKeyView, HsmToken } from '../../shared/hsm.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';

/** What is said of the token that is wanted; what is undefined fits any. */
export interface TokenWish {
  readonly label: string | undefined;
  readonly serial: string | undefined;
  readonly manufacturer: string | undefined;
  readonly model: string | undefined;
  /** The slot's number. */
  readonly slotId: bigint | undefined;
}

/** What is said of the key that is wanted; what is undefined fits any. */
export interface KeyWish {
  readonly label: string | undefined;
  /** CKA_ID in lower-case hex. */
  readonly idHex: string | undefined;
}

/** How many candidates a fault names; more would fill a screen. */
const MAX_LISTED = 4;

/**
 * The one token that fits. Where nothing is said of it, tokens that were never set up are passed over.
 * Fails with `hsm.token-not-found` and `hsm.token-ambiguous`, which list the tokens that there are.
 */
export function selectToken(tokens: readonly HsmToken[], wish: TokenWish): HsmToken {
  const wanted = Object.values(wish).some((value) => value !== undefined);
  const fitting = tokens.filter((token) => (wanted ? fitsToken(token, wish) : token.initialized));
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const code = fitting.length === 0 ? 'hsm.token-not-found' : 'hsm.token-ambiguous';
  const listed = fitting.length === 0 ? tokens.filter(({ initialized }) => initialized) : fitting;
  throw new RecoveryError(code, {
    ...(wish.label === undefined ? {} : { wanted: wish.label }),
    tokens: list(listed, ({ label, serial }) => `${named(label)} (serial ${serial})`),
  });
}

/**
 * The one key that fits.
 * Fails with `hsm.key-not-found` and `hsm.key-ambiguous`, which list the RSA keys that there are.
 */
export function selectKey<Key extends HsmKeyView>(keys: readonly Key[], wish: KeyWish): Key {
  const fitting = keys.filter(
    ({ label, idHex }) =>
      (wish.label === undefined || label === wish.label) &&
      (wish.idHex === undefined || idHex === wish.idHex),
  );
  const [only] = fitting;
  if (only !== undefined && fitting.length === 1) return only;
  const code = fitting.length === 0 ? 'hsm.key-not-found' : 'hsm.key-ambiguous';
  const wanted = [wish.label, wish.idHex === undefined ? undefined : `id ${wish.idHex}`].filter(
    (part) => part !== undefined,
  );
  throw new RecoveryError(code, {
    ...(wanted.length === 0 ? {} : { wanted: wanted.join(', ') }),
    keys: list(fitting.length === 0 ? keys : fitting, describeKey),
  });
}

function fitsToken(token: HsmToken, wish: TokenWish): boolean {
  return (
    (wish.label === undefined || token.label === wish.label) &&
    (wish.serial === undefined || token.serial === wish.serial) &&
    (wish.manufacturer === undefined || token.manufacturer === wish.manufacturer) &&
    (wish.model === undefined || token.model === wish.model) &&
    (wish.slotId === undefined || BigInt(`0x${token.slotIdHex}`) === wish.slotId)
  );
}

function describeKey({ label, idHex, modulusBits, fingerprintHex }: HsmKeyView): string {
  return `${named(label)} (id ${idHex === '' ? 'none' : idHex}, RSA-${modulusBits}, ${fingerprintHex.slice(0, 16)})`;
}

function list<Item>(items: readonly Item[], describe: (item: Item) => string): string {
  const shown = items.slice(0, MAX_LISTED).map(describe);
  const rest = items.length - shown.length;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join('; ');
}

function named(label: string): string {
  return label === '' ? 'no label' : label;
}
