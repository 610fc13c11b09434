import { ifSaid, said, type SentencesOf } from './details.ts';

/** What is said of the people and the folders of a ceremony; the app alone asks for them. */
export const CEREMONY_ROOM_SENTENCES: Pick<
  SentencesOf<'ceremony'>,
  'ceremony.people' | 'ceremony.name' | 'ceremony.folder'
> = {
  'ceremony.people': (details) => {
    switch (said(details, 'reason')) {
      case 'same name':
        return `The name ${said(details, 'name') ?? 'of one person'} was given twice. Enter each person once, with a name that tells them apart.`;
      case 'operator':
        return 'A ceremony has one operator, who is at the keyboard. Name exactly one.';
      case 'no witness':
        return 'A ceremony needs a witness, who watches and compares. Name one or more.';
      case 'count':
        return 'There are too few or too many people. Name at least two.';
      case 'no name':
      case undefined:
      default:
        return 'A name is missing or too long. Enter the name of each person.';
    }
  },
  'ceremony.name': (details) =>
    `The name that was typed is not that of the person whose turn it is${ifSaid(said(details, 'expected'), ' (', ')')}. Type it as it was entered at the start.`,
  'ceremony.folder': (details) =>
    said(details, 'reason') === 'not a folder'
      ? `The chosen place${ifSaid(said(details, 'folder'), ' (', ')')} is not a folder. Choose an empty folder, or make a new one.`
      : `The chosen folder${ifSaid(said(details, 'folder'), ' (', ')')} is not empty. Choose an empty folder, or make a new one, so that nothing else lies beside the files.`,
};
