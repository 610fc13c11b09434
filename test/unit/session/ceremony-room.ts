import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect } from 'vitest';

import type { CeremonyAt, CeremonyPerson, CeremonyStep } from '../../../shared/ceremony.ts';
import { SecretBytes } from '../../../electron/engine/bytes/secret-bytes.ts';
import { parseRecord } from '../../../electron/record/parse-record.ts';
import { verifyRecord } from '../../../electron/record/verify-record.ts';
import { openRoom, type Room } from './room.ts';

/** A key ceremony, brought to the step that a test is about. */

/** Of the key file. */
export const PASSWORD = 'four witnesses hold one lamp';
/** The fewest that hold a ceremony. */
export const PEOPLE: readonly CeremonyPerson[] = [
  { name: 'Ann', role: 'operator' },
  { name: 'Bob', role: 'witness' },
];
/** Two primes of 2048 bits, on a machine under load. */
export const SLOW_MS = 120_000;

/** A typed password, or rolls. */
export const secret = (text: string): SecretBytes => SecretBytes.consume(new TextEncoder().encode(text));

/** A ceremony at its first step, cut off from any network. */
export function begun(): Room {
  const room = openRoom();
  room.session.airGapChanged([]);
  room.session.chooseMode('ceremony');
  return room;
}

/** The ceremony, at a step. */
export function at<Step extends CeremonyStep>({ session }: Room, step: Step): CeremonyAt<Step> {
  const { stage } = session.state;
  if (stage.kind !== 'ceremony') throw new Error(`at ${stage.kind}`);
  expect(stage.ceremony.step).toBe(step);
  return stage.ceremony as CeremonyAt<Step>;
}

/** With a key that the witness confirmed. */
export async function withKey(): Promise<Room> {
  const room = begun();
  const { ceremony } = room.session;
  ceremony.namePeople(PEOPLE);
  ceremony.chooseRandomness(null);
  await ceremony.makeKey();
  ceremony.confirmFingerprint('Bob');
  at(room, 'files');
  return room;
}

/** With files that were written and tried. */
export async function withFiles(medium: string): Promise<Room> {
  const room = await withKey();
  const { files } = room.session.ceremony;
  files.chooseFolder(join(medium, 'key'));
  await files.write(secret(PASSWORD), secret(PASSWORD));
  at(room, 'shares');
  return room;
}

/** The record of a session that has ended, saved beside everything else and verified. */
export async function recordOf(
  { session }: Room,
  medium: string,
): Promise<ReturnType<typeof parseRecord>['entries']> {
  const folder = join(medium, 'record');
  mkdirSync(folder);
  await session.records.save('json', join(folder, 'record.json'));
  const bytes = readFileSync(join(folder, 'record.json'));
  expect(verifyRecord(bytes).sound).toBe(true);
  return parseRecord(bytes).entries;
}
