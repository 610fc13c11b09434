import { BACKUP_CHECKS, PLAYER_CHECKS } from '../../shared/checks.ts';
import { CURVE_NAMES } from '../../shared/curve-name.ts';
import { EXPORT_FORMAT_NAMES } from '../../shared/export-format.ts';
import { KEY_ALGORITHMS } from '../../shared/key-algorithm.ts';
import type { KeySource } from '../../shared/key-source.ts';
import {
  DRILL_FAULTS,
  PERSON_ROLES,
  RECORD_COMPARISONS,
  RECORD_FILE_KINDS,
  RECORD_MODES,
  RECORD_STAGES,
  RECORD_VERDICTS,
  WIPE_REASONS,
  WRITTEN_KINDS,
  type RecordBodies,
  type RecordedOutput,
  type RecordEntry,
  type RecordKind,
  type RecordLink,
} from '../../shared/record.ts';
import {
  count,
  details,
  faultCode,
  flag,
  hex,
  listOf,
  matching,
  objectOf,
  oneOf,
  orNull,
  sha256,
  tagged,
  text,
  time,
  type Reader,
  type Shape,
} from './shape.ts';

/** More wallets than one bucket may have files. */
export const MAX_ENTRIES = 120_000;

const MAX_PEOPLE = 64;
const MAX_PLAYERS = 255;
const MAX_FILES = 1024;
const MAX_CHECKS = 16 * 1024;
const MAX_ADDRESSES = 256;
const MAX_INTERFACES = 256;
const MAX_DETAILS = 32;

const uuid = matching(/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'a UUID');
const player = count(2 ** 31 - 1);
const durationMs = count();
const fixed = <Value extends string>(value: Value): Reader<Value> => oneOf([value]);

const keySource = tagged<KeySource>('kind', {
  file: objectOf<Extract<KeySource, { kind: 'file' }>>({
    kind: fixed('file'),
    mechanism: fixed('software'),
  }),
  hsm: objectOf<Extract<KeySource, { kind: 'hsm' }>>({
    kind: fixed('hsm'),
    mechanism: oneOf(['token-oaep', 'token-raw']),
    module: text,
    tokenLabel: text,
    tokenSerial: text,
    keyLabel: text,
    keyIdHex: matching(/^(?:[0-9a-f]{2})*$/, 'hex'),
  }),
});

const output = tagged<RecordedOutput>('kind', {
  file: objectOf<Extract<RecordedOutput, { kind: 'file' }>>({
    kind: fixed('file'),
    name: text,
    format: oneOf(EXPORT_FORMAT_NAMES),
    path: text,
    sizeBytes: count(),
    sha256: orNull(sha256),
  }),
  shown: objectOf<Extract<RecordedOutput, { kind: 'shown' }>>({ kind: fixed('shown'), path: text }),
});

/** Every kind of entry, each with every field that it has. Source: docs/record.md, "Entries". */
const BODIES: { readonly [Kind in RecordKind]: Shape<RecordBodies[Kind]> } = {
  opened: {
    app: objectOf({ name: oneOf(['app', 'cli']), version: text, hash: orNull(sha256) }),
    mode: oneOf(RECORD_MODES),
    system: objectOf({ platform: text, release: text, runtime: text }),
  },
  'air-gap': {
    interfaces: listOf(objectOf({ name: text, up: flag, loopback: flag }), MAX_INTERFACES),
    holds: flag,
    overridden: flag,
  },
  people: { people: listOf(objectOf({ name: text, role: oneOf(PERSON_ROLES) }), MAX_PEOPLE) },
  file: { name: text, what: oneOf(RECORD_FILE_KINDS), sizeBytes: count(), sha256: orNull(sha256) },
  wallet: {
    keyId: orNull(uuid),
    quorumId: orNull(uuid),
    keyAlgorithm: orNull(oneOf(KEY_ALGORITHMS)),
    curve: oneOf(CURVE_NAMES),
    players: listOf(player, MAX_PLAYERS),
    threshold: player,
    masterPublicKeyHex: orNull(hex),
    recoveryKeys: listOf(sha256, MAX_FILES),
    expectedAddress: orNull(text),
  },
  verified: {
    keyId: orNull(uuid),
    files: listOf(text, MAX_FILES),
    verdict: oneOf(RECORD_VERDICTS),
    code: orNull(faultCode),
    checks: listOf(
      objectOf({
        player: orNull(player),
        check: oneOf([...BACKUP_CHECKS, ...PLAYER_CHECKS]),
        outcome: oneOf(['passed', 'failed', 'not-reached', 'not-checked']),
        code: orNull(faultCode),
      }),
      MAX_CHECKS,
    ),
    durationMs,
  },
  unlocked: { keySource, fingerprint: sha256 },
  recovered: {
    keyId: orNull(uuid),
    path: text,
    publicKeyHex: hex,
    comparison: oneOf(RECORD_COMPARISONS),
    expectedAddress: orNull(text),
    addresses: listOf(objectOf({ name: text, chain: text, format: text, address: text }), MAX_ADDRESSES),
    durationMs,
  },
  exported: { output },
  stage: { stage: oneOf(RECORD_STAGES), durationMs },
  bucket: {
    name: text,
    counts: objectOf({
      valid: count(),
      invalid: count(),
      unverifiable: count(),
      unsupported: count(),
      error: count(),
    }),
    total: count(),
    done: count(),
    recoverCheck: flag,
    durationMs,
    workers: count(1024),
  },
  'bucket-wallet': {
    keyId: orNull(uuid),
    verdict: oneOf(RECORD_VERDICTS),
    code: orNull(faultCode),
    comparison: orNull(oneOf(RECORD_COMPARISONS)),
  },
  drill: {
    source: oneOf(['sandbox', 'synthetic']),
    players: count(MAX_PLAYERS),
    threshold: count(MAX_PLAYERS),
    algorithms: listOf(oneOf(KEY_ALGORITHMS), KEY_ALGORITHMS.length),
    recoveryKeys: count(MAX_FILES),
    fault: orNull(oneOf(DRILL_FAULTS)),
    outcome: oneOf(['as-expected', 'not-as-expected']),
  },
  randomness: { system: flag, diceRolls: count(100_000) },
  'key-made': { bits: count(65_536), fingerprint: sha256 },
  written: { what: oneOf(WRITTEN_KINDS), name: text, sizeBytes: count(), sha256: orNull(sha256) },
  'test-decryption': { passed: flag },
  'public-key-read': { fingerprint: sha256, confirmedBy: text },
  'shares-made': { setId: text, needed: count(MAX_PLAYERS), of: count(MAX_PLAYERS) },
  'shares-combined': { setId: text, indexes: listOf(count(MAX_PLAYERS), MAX_PLAYERS), passed: flag },
  'original-wiped': { what: text },
  agreed: { name: text, statement: text },
  fault: { code: faultCode, details: details(MAX_DETAILS) },
  note: { text },
  wiped: { reason: oneOf(WIPE_REASONS), secretsWiped: flag, hsmClosed: orNull(flag) },
  closed: {},
};

const LINK: Shape<RecordLink> = { index: count(MAX_ENTRIES), time, previous: sha256, hash: sha256 };

/**
 * Reads one entry: its place in the chain, and exactly the fields of its kind.
 * Fails with `record.malformed`, naming the field.
 */
export const readEntry: Reader<RecordEntry> = tagged<RecordEntry>(
  'kind',
  Object.fromEntries(
    Object.entries(BODIES).map(([kind, body]) => [
      kind,
      // A body's shape and the chain's make an entry's; the loop over all kinds is what the types can't follow.
      objectOf({ kind: fixed(kind), ...LINK, ...body }) as unknown as Reader<RecordEntry>,
    ]),
  ),
);
