import { MAX_NAME } from '../../shared/export-sentences.ts';

/** A person's name as it goes on the record: composed, with single blanks; undefined for what is no name. */
export function personName(text: string): string | undefined {
  const name = text.normalize('NFC').trim().replaceAll(/\s+/g, ' ');
  return name === '' || name.length > MAX_NAME || /\p{C}/u.test(name) ? undefined : name;
}

/** Whether two names are one: a person is not two for writing the name in capitals. */
export function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
