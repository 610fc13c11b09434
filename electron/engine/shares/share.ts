import { hash } from 'node:crypto';

import { MAX_CUSTODIANS, SHARED_THINGS, type SharedThing } from '../../../shared/ceremony.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { equalBytes } from '../bytes/compare.ts';
import { toBase32Words } from './share-alphabet.ts';

/** The most shares of one set. */
export const MAX_SHARES = MAX_CUSTODIANS;

/** One custodian's share. The part of the secret in it says nothing until `needed` of them are together. */
export interface CustodianShare {
  readonly what: SharedThing;
  /** How many shares open the secret. */
  readonly needed: number;
  /** How many there are. */
  readonly of: number;
  /** Which one this is, from 1 on. */
  readonly index: number;
  /** Random, the same for all shares of one split: 5 bytes. */
  readonly setBytes: Uint8Array;
  /** The point of the polynomial: a byte for each byte that was split, then its x. */
  readonly point: Uint8Array;
}

/** Bytes of a set's name. */
export const SET_BYTES = 5;

const VERSION = 1;
const HEADER_BYTES = 5 + SET_BYTES;
const CHECKSUM_BYTES = 4;
const MIN_POINT_BYTES = 2;

/** The name of a set as people compare it: `QPZR-Y9X8`. */
export function setName({ setBytes }: Pick<CustodianShare, 'setBytes'>): string {
  const name = toBase32Words(setBytes);
  return `${name.slice(0, 4)}-${name.slice(4)}`;
}

/**
 * Writes a share as bytes: version, what, needed, of, index (a byte each), the set (5 bytes), the point, and the first
 * 4 bytes of SHA-256 of all that. Source: docs/ceremony.md, "Shares".
 */
export function encodeShare(share: CustodianShare): Uint8Array {
  const { what, needed, of, index, setBytes, point } = share;
  const bytes = new Uint8Array(HEADER_BYTES + point.length + CHECKSUM_BYTES);
  bytes.set([VERSION, SHARED_THINGS.indexOf(what), needed, of, index]);
  bytes.set(setBytes, HEADER_BYTES - SET_BYTES);
  bytes.set(point, HEADER_BYTES);
  bytes.set(checksum(bytes.subarray(0, -CHECKSUM_BYTES)), bytes.length - CHECKSUM_BYTES);
  return bytes;
}

/**
 * Reads the bytes of a share. Fails with `custodian-share.malformed`: the reason is `checksum` for bytes that are not
 * of one share, `version`, or `header` for numbers that no share has.
 * @param bytes the result keeps none of them
 */
export function decodeShare(bytes: Uint8Array): CustodianShare {
  if (bytes.length < HEADER_BYTES + MIN_POINT_BYTES + CHECKSUM_BYTES) throw malformed('checksum');
  const body = bytes.subarray(0, -CHECKSUM_BYTES);
  if (!equalBytes(checksum(body), bytes.subarray(-CHECKSUM_BYTES))) throw malformed('checksum');
  const [version, thing = 0, needed = 0, of = 0, index = 0] = body;
  if (version !== VERSION) throw malformed('version');
  const what = SHARED_THINGS[thing];
  const isPossible = needed >= 2 && needed <= of && of <= MAX_SHARES && index >= 1 && index <= of;
  if (what === undefined || !isPossible) throw malformed('header');
  return {
    ...{ what, needed, of, index },
    // Not by `slice`, which for a Buffer is a view.
    setBytes: Uint8Array.from(body.subarray(HEADER_BYTES - SET_BYTES, HEADER_BYTES)),
    point: Uint8Array.from(body.subarray(HEADER_BYTES)),
  };
}

function checksum(body: Uint8Array): Uint8Array {
  return hash('sha256', body, 'buffer').subarray(0, CHECKSUM_BYTES);
}

function malformed(reason: string): RecoveryError {
  return new RecoveryError('custodian-share.malformed', { reason });
}
