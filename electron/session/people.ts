import type { RecordedPerson } from '../../shared/record.ts';

const MAX_NAME = 64;
const MAX_WITNESSES = 20;

/**
 * Who is there, from what was typed for the record. Nothing is refused: names are for people to read and to sign
 * beside, and nobody is stopped from a recovery for a comma.
 * @param operator one name, or nothing
 * @param witnesses names with commas, semicolons or line breaks between, or nothing
 */
export function peopleOf(operator: string, witnesses: string): readonly RecordedPerson[] {
  const names = (text: string): readonly string[] =>
    text
      .split(/[,;\n]/)
      .map((name) =>
        name
          .normalize('NFC')
          .replaceAll(/[\p{C}\s]+/gu, ' ')
          .trim()
          .slice(0, MAX_NAME),
      )
      .filter((name) => name !== '');
  return [
    ...names(operator)
      .slice(0, 1)
      .map((name): RecordedPerson => ({ name, role: 'operator' })),
    ...names(witnesses)
      .slice(0, MAX_WITNESSES)
      .map((name): RecordedPerson => ({ name, role: 'witness' })),
  ];
}
