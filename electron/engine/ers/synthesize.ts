import { createCipheriv } from 'node:crypto';

import type { CurveName } from '../../../shared/curve-name.ts';
import type { RandomBytes } from '../bytes/random.ts';
import { toBase64 } from '../bytes/base64.ts';
import { curveOf, encodeScalar, timesBase, type Curve } from '../curve/curve.ts';
import { randomScalar } from '../curve/random-scalar.ts';
import { prepareOaep } from '../rsa/oaep.ts';
import type { RsaPublicKey } from '../rsa/public-key.ts';
import { CIPHERTEXTS, OPENINGS, type ProvenBackup, type ProvenPart } from './backup.ts';
import { challengeOf } from './challenge.ts';

/** What a synthetic backup is made of. */
export interface SynthesisInput {
  readonly curve: CurveName;
  readonly sharing: 'shamir' | 'additive';
  readonly players: number;
  /** `threshold + 1` shares make the key; additive sharing needs every player. */
  readonly threshold: number;
  /** The ERS public key to encrypt to. */
  readonly ersKey: RsaPublicKey;
  readonly label: Uint8Array;
  readonly randomBytes: RandomBytes;
}

/** The secrets of a synthetic wallet, as its players hold them. The caller wipes the bytes. */
export interface DealtSecrets {
  /** A scalar, as recovering from the shares must give it. */
  readonly key: bigint;
  /** One a player, from player 0 up. */
  readonly shares: readonly bigint[];
  readonly chainCode: Uint8Array;
}

/** A synthetic backup, and the secrets that recovering from it must give. */
export interface SyntheticBackup {
  readonly backup: ProvenBackup;
  /** A scalar, big-endian, as wide as the group order. */
  readonly masterPrivateKey: Uint8Array;
  readonly masterChainCode: Uint8Array;
}

const SEED_BYTES = 32;
const NONCE_BYTES = 32;
const CHAIN_CODE_BYTES = { short: 32, 'ED-448': 56 } as const;

/**
 * Deals a fresh key out to players. Source: docs/ers.md, "Sharing".
 */
export function dealSecrets(input: Omit<SynthesisInput, 'ersKey' | 'label'>): DealtSecrets {
  if (input.players < 2) throw new Error('a backup has at least two players');
  const curve = curveOf(input.curve);
  const chainCode = input.randomBytes(
    input.curve === 'ED-448' ? CHAIN_CODE_BYTES['ED-448'] : CHAIN_CODE_BYTES.short,
  );
  if (input.sharing === 'additive') {
    const shares = oneTo(input.players).map(() => randomScalar(curve, input.randomBytes));
    return { key: shares.reduce((sum, share) => curve.scalars.add(sum, share)), shares, chainCode };
  }
  const key = randomScalar(curve, input.randomBytes);
  const polynomial = randomPolynomial(curve, key, input.threshold, input.randomBytes);
  return { key, shares: oneTo(input.players).map((x) => evaluate(curve, polynomial, x)), chainCode };
}

/**
 * Makes a version 3 backup as the players of a custody platform would: for drills and tests, never for a wallet, since
 * here one party knows the whole key. Source: docs/ers.md, "How a player makes it".
 * @param dealt the wallet's secrets, for a backup of it to a further ERS key; a fresh wallet where they are not given
 */
export function synthesizeBackup(
  input: SynthesisInput,
  dealt: DealtSecrets = dealSecrets(input),
): SyntheticBackup {
  const { randomBytes } = input;
  const curve = curveOf(input.curve);
  const { key, shares, chainCode } = dealt;
  const common = {
    version: '3',
    playerCount: undefined,
    threshold: input.threshold,
    sharing: input.sharing,
    curve: input.curve,
    publicKey: curve.encodePoint(timesBase(curve, key)),
    shareCommitments: new Map(
      shares.map((share, player) => [player, curve.encodePoint(timesBase(curve, share))]),
    ),
    nonce: randomBytes(NONCE_BYTES),
    ...sealChainCode(chainCode, input),
  } as const;
  return {
    backup: {
      kind: 'proven',
      version: '3',
      parts: shares.map((share, playerIndex) => provePart({ ...common, playerIndex }, share, input)),
    },
    masterPrivateKey: encodeScalar(curve, key),
    masterChainCode: chainCode,
  };
}

type PartParameters = Omit<
  ProvenPart,
  'ciphertexts' | 'valuePoints' | 'openedIndices' | 'openedValues' | 'openedSeeds'
>;

/**
 * Proves one player's share: encrypts the values of a random polynomial through it, and opens those that the hash of
 * all of it names.
 */
function provePart(parameters: PartParameters, share: bigint, input: SynthesisInput): ProvenPart {
  const curve = curveOf(parameters.curve);
  const { encrypt } = prepareOaep(input.ersKey, input.label);
  const polynomial = randomPolynomial(curve, share, OPENINGS, input.randomBytes);
  const values = oneTo(CIPHERTEXTS).map((x) => evaluate(curve, polynomial, x));
  const seeds = values.map(() => input.randomBytes(SEED_BYTES));
  const encoded = values.map((value) => encodeScalar(curve, value));
  const unopened: ProvenPart = {
    ...parameters,
    ciphertexts: encoded.map((value, i) => encrypt(value, at(seeds, i))),
    valuePoints: values.slice(0, OPENINGS).map((value) => curve.encodePoint(timesBase(curve, value))),
    openedIndices: [],
    openedValues: [],
    openedSeeds: [],
  };
  const openedIndices = challengeOf(unopened, parameters.publicKey);
  return {
    ...unopened,
    openedIndices,
    openedValues: openedIndices.map((index) => at(encoded, index)),
    openedSeeds: openedIndices.map((index) => at(seeds, index)),
  };
}

function sealChainCode(
  chainCode: Uint8Array,
  { curve, ersKey, label, randomBytes }: SynthesisInput,
): Pick<ProvenPart, 'auxPublic' | 'auxPrivateEncrypted' | 'auxWrappedKey'> {
  const key = randomBytes(32);
  const cipher = createCipheriv('aes-256-gcm', key, new Uint8Array(12));
  const json = JSON.stringify({ master_chain_code: toBase64(chainCode) });
  const sealed = Buffer.concat([cipher.update(json, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  const algorithm = curve === 'ED-25519' ? 'Ed25519' : curve === 'ED-448' ? 'Ed448' : 'ECDSA';
  return {
    auxPublic: new TextEncoder().encode(JSON.stringify({ algorithm })),
    auxPrivateEncrypted: new Uint8Array(sealed),
    auxWrappedKey: prepareOaep(ersKey, label).encrypt(key, randomBytes(SEED_BYTES)),
  };
}

/** Coefficients from the constant term up. */
function randomPolynomial(
  curve: Curve,
  constant: bigint,
  degree: number,
  randomBytes: RandomBytes,
): readonly bigint[] {
  return [constant, ...oneTo(degree).map(() => randomScalar(curve, randomBytes))];
}

function evaluate({ scalars }: Curve, polynomial: readonly bigint[], x: number): bigint {
  return polynomial.reduceRight(
    (sum, coefficient) => scalars.add(scalars.mul(sum, BigInt(x)), coefficient),
    scalars.ZERO,
  );
}

function oneTo(count: number): readonly number[] {
  return Array.from({ length: count }, (_, i) => i + 1);
}

function at<Item>(items: readonly Item[], index: number): Item {
  const item = items[index];
  if (item === undefined) throw new Error('no such item');
  return item;
}
