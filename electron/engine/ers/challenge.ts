import { bigEndianToInteger, uint32BigEndian } from '../bytes/integer.ts';
import { CIPHERTEXTS, OPENINGS, type ProvenPart } from './backup.ts';
import { blake2xb } from './blake2xb.ts';

/** Entry `[n][k]` is the number of ways to choose k of n, for n up to N and k up to K. */
const BINOMIALS = pascalTriangle(CIPHERTEXTS, OPENINGS);

const COMBINATIONS = binomial(CIPHERTEXTS, OPENINGS);

/** Enough that reducing modulo the number of combinations is biased by less than 2^-120. */
const CHALLENGE_BYTES = Math.floor((COMBINATIONS.toString(2).length + 128) / 8);

/**
 * The indices that a player's own data obliges it to open. Source: docs/ers.md, "Challenge".
 * @param part the player's part, as it stands in the file
 * @param publicKey the master public key in the system's own encoding
 * @returns K indices in [0, N), ascending
 */
export function challengeOf(part: ProvenPart, publicKey: Uint8Array): readonly number[] {
  const digest = blake2xb(transcript(part, publicKey), CHALLENGE_BYTES);
  return unrank(bigEndianToInteger(digest) % COMBINATIONS);
}

/**
 * The combination of a rank, in the combinatorial number system.
 * @param rank in [0, C(N, K))
 * @returns K indices in [0, N), ascending
 */
export function unrank(rank: bigint): readonly number[] {
  const indices: number[] = [];
  let rest = rank;
  let candidate = CIPHERTEXTS;
  for (let position = OPENINGS; position > 0; position--) {
    do candidate--;
    while (binomial(candidate, position) > rest);
    rest -= binomial(candidate, position);
    indices.unshift(candidate);
  }
  return indices;
}

/** Everything that the player could have chosen, so that none of it can be chosen to suit the challenge. */
function transcript(part: ProvenPart, publicKey: Uint8Array): Uint8Array {
  const ownCommitment = part.shareCommitments.get(part.playerIndex) ?? new Uint8Array();
  return concatenate([
    ...field(publicKey),
    ...(part.version === '2' ? field(concatenate(parameters(part))) : parameters(part)),
    ...[...part.ciphertexts, ...part.valuePoints, ownCommitment].flatMap(field),
  ]);
}

/** The part's parameters after their count, which stands without a length before it. */
function parameters(part: ProvenPart): Uint8Array[] {
  const fields = [
    utf8(part.version),
    ...(part.playerCount === undefined ? [] : [uint32BigEndian(part.playerCount)]),
    uint32BigEndian(part.threshold),
    utf8(part.sharing),
    utf8(part.curve),
    uint32BigEndian(part.playerIndex),
    part.nonce,
    part.auxPublic,
    part.auxPrivateEncrypted,
    part.auxWrappedKey,
  ];
  return [uint32BigEndian(fields.length), ...fields.flatMap(field)];
}

function field(bytes: Uint8Array): [Uint8Array, Uint8Array] {
  return [uint32BigEndian(bytes.length), bytes];
}

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function concatenate(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    whole.set(piece, offset);
    offset += piece.length;
  }
  return whole;
}

function pascalTriangle(rows: number, columns: number): readonly (readonly bigint[])[] {
  const triangle: bigint[][] = [];
  for (let n = 0; n <= rows; n++) {
    const above = triangle[n - 1];
    triangle.push(
      Array.from({ length: columns + 1 }, (_, k) =>
        k === 0 ? 1n : above === undefined ? 0n : (above[k - 1] ?? 0n) + (above[k] ?? 0n),
      ),
    );
  }
  return triangle;
}

function binomial(n: number, k: number): bigint {
  return BINOMIALS[n]?.[k] ?? 0n;
}
