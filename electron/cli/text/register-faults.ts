import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { ifSaid, said } from './details.ts';

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
export function registerSentence(details: ErrorDetails): string {
  const column = said(details, 'column');
  const file = ifSaid(said(details, 'file'), ' "', '"');
  const place = [
    ifSaid(said(details, 'line'), 'line '),
    ifSaid(said(details, 'row'), 'row '),
    ifSaid(column, 'column '),
  ].filter((part) => part !== '');
  const start = `The register${file} has a fault${ifSaid(place.join(', ') || undefined, ' in ')}`;
  const reason = said(details, 'reason');
  switch (reason) {
    case 'empty':
      return `The register${file} is empty. Its first line must be ${HEADER}.`;
    case 'not UTF-8 text':
      return `The register${file} is not plain text in UTF-8. Save it from the spreadsheet as CSV in UTF-8.`;
    case 'stray quote':
      return `${start}: a quotation mark inside the cell. Remove it, or put the whole cell in quotation marks.`;
    case 'open quote':
      return `${start}: a quotation mark that is not closed before the next comma. Close it or remove it.`;
    case 'listed twice':
      return `${start}: this key id stands in an earlier line too. Keep one line for each wallet.`;
    case 'needed once in the header':
      return `${start}: the header needs this column exactly once. The first line must be ${HEADER}.`;
    case 'another number of cells than the header':
      return `${start}: it has more or fewer cells than the header. Look for a comma too many or too few.`;
    case 'not understood':
      return `${start}: the cell is not understood. ${CELLS[column ?? ''] ?? 'Correct the cell.'}`;
    case 'too large':
      return `The register${file} is larger than 16 MiB, which no register is. Check that it is the right file.`;
    case 'too many columns':
      return `${start}: it has more than 64 columns. Check that it is the right file, and take off the columns that are not needed.`;
    case 'too many rows':
      return `${start}: there are more than 200000 lines. Give a register of the wallets that are meant.`;
    case 'twice in the header':
      return `${start}: the header has this column twice. Give each column a name of its own.`;
    case 'no name in the header':
      return `${start}: the cell is in a column that has no name in the header. Name the column, or empty the cell.`;
    case 'name not allowed':
      return `${start}: a column can't have this name. Give it another one.`;
    case 'not a register in JSON':
      return `The register${file} is JSON, but not that of a register. It must have "format" "breakglass-register", "version" 1 and an array "wallets".`;
    case 'not known here':
      return `${start}: a register in JSON has no such field beside "wallets". Move it into the rows, or take it out.`;
    case 'not an object':
      return `${start}: each wallet has to be an object with the columns as its fields. Correct the row.`;
    case undefined:
      return `${start}. Its first line must be ${HEADER}, then one line for each wallet.`;
    default:
      return `${start}: ${reason}. Correct the line.`;
  }
}
