import { fileName, ifSaid, said, type FaultText, type TellersOf } from './details.ts';

/** What is said of the people and the folders of a ceremony. */
export const CEREMONY_ROOM_FAULTS: Pick<
  TellersOf<'ceremony'>,
  'ceremony.people' | 'ceremony.name' | 'ceremony.folder'
> = {
  'ceremony.people': (details) => {
    switch (said(details, 'reason')) {
      case 'same name': {
        const name = said(details, 'name');
        return text(
          `${name === undefined ? 'One name' : `“${name}”`} was entered twice`,
          'One person counts once, whatever their part.',
          'Enter each person once, with a name that tells them apart.',
        );
      }
      case 'operator':
        return text(
          'One person is the operator',
          'The operator is at the keyboard; there is exactly one.',
          'Give one person that part, and the others another.',
        );
      case 'no witness':
        return text(
          'A witness is missing',
          'A ceremony that nobody watched shows nothing to anybody.',
          'Name one witness or more.',
        );
      case 'count':
        return text('Too few or too many people', 'At least two are needed.', 'Name everybody once.');
      case 'no name':
      case undefined:
      default:
        return text('A name is missing or too long', 'Names go on the record.', 'Enter each person’s name.');
    }
  },
  'ceremony.name': (details) =>
    text(
      'This is not the name of the person whose turn it is',
      `Each person speaks for themselves${ifSaid(said(details, 'expected'), '; it is the turn of ')}.`,
      'Type the name as it was entered at the start.',
    ),
  'ceremony.folder': (details) => {
    const folder = said(details, 'folder');
    const name = folder === undefined ? 'The chosen place' : `“${fileName(folder)}”`;
    return said(details, 'reason') === 'not a folder'
      ? text(`${name} is not a folder`, 'Nothing was written.', 'Choose an empty folder, or make a new one.')
      : text(
          `${name} is not empty`,
          'Nothing else may lie beside these files. Nothing was written.',
          'Make a new folder in the dialog, or choose an empty one.',
        );
  },
};

function text(title: string, meaning: string, next: string): FaultText {
  return { title, meaning, next, action: null };
}
