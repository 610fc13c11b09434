import { PERSON_ROLES, type RecordedPerson } from '../../shared/record.ts';
import { RecoveryError } from '../../shared/recovery-error.ts';
import type { OptionTable, ParsedOptions } from './options.ts';

/** How a command is told to keep a record of its run. */
export const RUN_RECORD_OPTIONS: OptionTable = {
  record: { value: 'FILE', help: 'keep a record of this run in a new file, also when it fails' },
  person: {
    value: 'NAME, ROLE',
    repeatable: true,
    help: `with --record, who is there; the role is one of ${PERSON_ROLES.join(', ')}`,
  },
};

const MAX_NAME = 100;
/** As many as an entry holds. */
const MAX_PEOPLE = 64;

/** Who is there, as `NAME, ROLE` says it. Fails with `usage.invalid`. */
export function peopleOf(options: ParsedOptions): readonly RecordedPerson[] {
  const texts = options.all('person');
  if (texts.length > 0 && !options.has('record')) throw refused('without --record');
  if (texts.length > MAX_PEOPLE) throw refused(`it names more than ${MAX_PEOPLE} people`);
  return texts.map(personOf);
}

/** A name may have commas of its own: the role is what follows the last one. */
function personOf(text: string): RecordedPerson {
  const comma = text.lastIndexOf(',');
  const name = text.slice(0, Math.max(0, comma)).trim();
  if (name === '' || name.length > MAX_NAME) {
    throw refused(`it takes a name of up to ${MAX_NAME} characters, a comma and a role`);
  }
  const word = text
    .slice(comma + 1)
    .trim()
    .toLowerCase();
  const role = PERSON_ROLES.find((known) => known === word);
  if (role !== undefined) return { name, role };
  const choices = PERSON_ROLES.join(', ');
  throw new RecoveryError('usage.invalid', { option: '--person', reason: 'role', choices });
}

function refused(reason: string): RecoveryError {
  return new RecoveryError('usage.invalid', { option: '--person', reason });
}
