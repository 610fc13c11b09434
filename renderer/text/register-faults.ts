import type { ErrorDetails } from '../../shared/recovery-error.ts';
import { ACTIONS, ifSaid, said, type FaultText } from './details.ts';

const HEADER = 'key_id,quorum_id,key_algorithm,address';

/** What a cell of each column has to hold. */
const CELLS: Readonly<Record<string, string>> = {
  key_id: 'Write the key id as a UUID, with its hyphens.',
  quorum_id: 'Write the quorum id as a UUID, with its hyphens.',
  key_algorithm: 'Write SECP256K1 or ED25519.',
  address: 'Write at most 20 addresses with blanks between them; in JSON, as an array of texts.',
  environment: 'Write sandbox or production, or leave it empty.',
  bucket: 'Write the name of the bucket in one line of at most 200 characters.',
  note: 'Write at most 2000 characters, none of them a control character.',
};

/** Says what is wrong in the register of wallets, with its line and column. */
export function registerText(details: ErrorDetails): FaultText {
  const column = said(details, 'column');
  const place = [
    ifSaid(said(details, 'line'), 'Line '),
    ifSaid(said(details, 'row'), 'Row '),
    ifSaid(column, 'column '),
  ].filter((part) => part !== '');
  const [meaning, next] = causeAndCure(said(details, 'reason'), column);
  return {
    title: 'The register has a fault',
    meaning: place.length === 0 ? meaning : `${place.join(', ')}: ${meaning}`,
    next: `${next} Then add it again.`,
    action: ACTIONS.addFiles,
  };
}

function causeAndCure(reason: string | undefined, column: string | undefined): readonly [string, string] {
  switch (reason) {
    case 'empty':
      return ['It is empty.', `Its first line must be ${HEADER}.`];
    case 'not UTF-8 text':
      return ['It is not plain text in UTF-8.', 'Save it from the spreadsheet as CSV in UTF-8.'];
    case 'stray quote':
      return [
        'a quotation mark stands inside the cell.',
        'Remove it, or put the whole cell in quotation marks.',
      ];
    case 'open quote':
      return ['a quotation mark is not closed.', 'Close it or remove it.'];
    case 'listed twice':
      return ['this key id stands in an earlier line too.', 'Keep one line for each wallet.'];
    case 'needed once in the header':
      return ['the header needs this column exactly once.', `The first line must be ${HEADER}.`];
    case 'another number of cells than the header':
      return ['it has more or fewer cells than the header.', 'Look for a comma too many or too few.'];
    case 'not understood':
      return ['the cell is not understood.', CELLS[column ?? ''] ?? 'Correct the cell.'];
    case 'twice in the header':
      return ['the header has this column twice.', 'Give each column a name of its own.'];
    case 'no name in the header':
      return ['the cell is in a column without a name.', 'Name the column in the header, or empty the cell.'];
    case 'name not allowed':
      return ['a column can’t have this name.', 'Give it another one.'];
    case 'not a register in JSON':
      return [
        'It is JSON, but not that of a register.',
        'It must have “format” “breakglass-register”, “version” 1 and an array “wallets”.',
      ];
    case 'not known here':
      return ['a register in JSON has no such field beside “wallets”.', 'Take the field out.'];
    case 'not an object':
      return ['each wallet has to be an object with the columns as its fields.', 'Correct the row.'];
    case undefined:
      return ['It can’t be read as a register.', `Its first line must be ${HEADER}.`];
    default:
      return [`${reason}.`, 'Correct the line.'];
  }
}
