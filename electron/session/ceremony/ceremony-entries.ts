import { assertNever } from '../../../shared/assert-never.ts';
import type { CeremonyFile, CeremonyView } from '../../../shared/ceremony.ts';
import type { RecordEntryBody, RecordStage } from '../../../shared/record.ts';
import { recordableName } from '../../record/recordable.ts';
import type { CeremonyEvent } from './ceremony-event.ts';

/** What each person says at the end. */
export const CEREMONY_STATEMENT = 'I was here, and the ceremony went as this record says';

/**
 * What an event of a ceremony is as entries of the record. Pure; source: docs/record.md, "Entries".
 * @param after the ceremony as the event left it
 */
export function ceremonyEntries(event: CeremonyEvent, after: CeremonyView): readonly RecordEntryBody[] {
  switch (event.kind) {
    case 'people-named':
      return [{ kind: 'people', people: event.people }];
    case 'randomness-chosen':
      return [{ kind: 'randomness', system: true, diceRolls: event.dice?.count ?? 0 }];
    case 'key-made':
      return [{ kind: 'key-made', bits: event.key.bits, fingerprint: event.key.fingerprintHex }];
    case 'fingerprint-confirmed': {
      const fingerprint = 'key' in after ? after.key?.fingerprintHex : undefined;
      return fingerprint === undefined
        ? []
        : [{ kind: 'public-key-read', fingerprint, confirmedBy: event.name }];
    }
    case 'files-written': {
      const { privateKey, publicKeys } = event.files;
      return [
        ...publicKeys.map((file) => writtenEntry('public-key', file)),
        writtenEntry('private-key', privateKey),
        { kind: 'test-decryption', passed: true },
        { kind: 'original-wiped', what: 'the private key in memory' },
      ];
    }
    case 'test-failed':
      return [
        { kind: 'test-decryption', passed: false },
        { kind: 'original-wiped', what: 'the private key in memory' },
      ];
    case 'shares-made': {
      const { set, needed, pages } = event.shares;
      const before = 'givenUp' in after ? after.givenUp.at(-1) : undefined;
      return [
        ...(before === undefined ? [] : [givenUpNote(before.set, set)]),
        { kind: 'shares-made', setId: set, needed, of: pages.length },
        ...pages.map((file) => writtenEntry('share-sheet', file)),
      ];
    }
    case 'combined': {
      const set = 'shares' in after ? after.shares?.set : undefined;
      return set === undefined
        ? []
        : [{ kind: 'shares-combined', setId: set, indexes: event.indexes, passed: event.passed }];
    }
    case 'shares-done':
      return [{ kind: 'original-wiped', what: 'the password in memory' }];
    case 'agreed':
      return [{ kind: 'agreed', name: event.name, statement: CEREMONY_STATEMENT }];
    // What was typed and begun on the way; what came of it is noted when it comes.
    case 'dice-typed':
    case 'key-making':
    case 'folder-chosen':
    case 'password-rated':
    case 'sealing':
    case 'testing':
    case 'splitting':
    case 'combining':
      return [];
    default:
      return assertNever(event);
  }
}

/** The stage that a step is counted under, for its time. */
export function recordStageOfCeremony(view: CeremonyView): RecordStage {
  switch (view.step) {
    case 'people':
      return 'prepare';
    case 'randomness':
    case 'key':
      return 'key-making';
    case 'files':
      return 'test-decryption';
    case 'shares':
      return view.shares === null ? 'key-splitting' : 'key-combining';
    case 'agree':
      return 'finish';
  }
}

function givenUpNote(before: string, set: string): RecordEntryBody {
  const text = `Gave up the set ${before}, whose shares could not be combined, for the set ${set}. The pages of ${before} are to be destroyed.`;
  return { kind: 'note', text };
}

function writtenEntry(
  what: 'public-key' | 'private-key' | 'share-sheet',
  { file, bytes, sha256Hex }: CeremonyFile,
): RecordEntryBody {
  return { kind: 'written', what, name: recordableName(file), sizeBytes: bytes, sha256: sha256Hex };
}
