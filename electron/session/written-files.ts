import type { WrittenFile, WrittenThing } from '../../shared/written.ts';
import { recordableName } from '../record/recordable.ts';
import type { CeremonyEvent } from './ceremony/ceremony-event.ts';
import type { SessionEvent } from './session-event.ts';

/**
 * The files that a session has written, after an event that has changed it. Pure. Shares that are made stand for those
 * that were there before, whose files stay: they are to be destroyed.
 * @param known what was written before, in order
 * @returns `known` itself where the event wrote nothing
 */
export function writtenAfter(known: readonly WrittenFile[], event: SessionEvent): readonly WrittenFile[] {
  const isNew = ({ what, name }: WrittenFile): boolean =>
    !known.some((file) => file.what === what && file.name === name);
  const more = writtenBy(event).filter(isNew);
  if (more.length === 0) return known;
  return [...(more.some(({ what }) => what === 'share') ? known.map(voided) : known), ...more];
}

function writtenBy(event: SessionEvent): readonly WrittenFile[] {
  if (event.kind === 'written') return [named('key', event.output.file)];
  if (event.kind === 'rehearsal-made') return [named('rehearsal', event.rehearsal.folder)];
  if (event.kind === 'results-kept') return [named('bucket-results', event.file)];
  return event.kind === 'ceremony' ? writtenInCeremony(event.event) : [];
}

function writtenInCeremony(event: CeremonyEvent): readonly WrittenFile[] {
  if (event.kind === 'shares-made') return event.shares.pages.map(({ file }) => named('share', file));
  if (event.kind !== 'files-written') return [];
  const { privateKey, publicKeys } = event.files;
  return [...publicKeys.map(({ file }) => named('public-key', file)), named('private-key', privateKey.file)];
}

function voided(file: WrittenFile): WrittenFile {
  return file.what === 'share' ? { ...file, what: 'void-share' } : file;
}

/** By the name that the record has: of the folders around it, nothing is told. */
function named(what: WrittenThing, path: string): WrittenFile {
  return { what, name: recordableName(path) };
}
