import { MAX_CEREMONY_PEOPLE, MAX_CUSTODIANS, type CeremonyPerson } from '../../../shared/ceremony.ts';
import { RecoveryError } from '../../../shared/recovery-error.ts';
import { personName, sameName } from '../person-name.ts';

/**
 * Takes who is there: one operator, one witness or more, everybody once.
 * Fails with `ceremony.people` (`no name`, `same name`, `operator`, `no witness`, `count`).
 */
export function checkPeople(people: readonly CeremonyPerson[]): readonly CeremonyPerson[] {
  const names = checkNames(
    people.map(({ name }) => name),
    MAX_CEREMONY_PEOPLE,
  );
  const roles = people.map(({ role }) => role);
  if (roles.filter((role) => role === 'operator').length !== 1) throw refused('operator');
  if (!roles.includes('witness')) throw refused('no witness');
  return people.map(({ role }, i) => ({ name: names[i] ?? '', role }));
}

/** Takes the custodians, everybody once: one who has two shares is two of those who are needed. Fails likewise. */
export function checkCustodians(custodians: readonly string[]): readonly string[] {
  return checkNames(custodians, MAX_CUSTODIANS);
}

/**
 * Takes the name of the person whose turn it is, typed by them. Fails with `ceremony.name`.
 * @param whose turn it is; undefined when it is nobody's
 */
export function checkTurn(typed: string, whose: string | undefined): string {
  const name = personName(typed);
  if (whose === undefined || name === undefined || !sameName(name, whose)) {
    throw new RecoveryError('ceremony.name', { expected: whose ?? '' });
  }
  return whose;
}

function checkNames(texts: readonly string[], most: number): readonly string[] {
  if (texts.length < 2 || texts.length > most) throw refused('count');
  const names: string[] = [];
  for (const text of texts) {
    const name = personName(text);
    if (name === undefined) throw refused('no name');
    if (names.some((other) => sameName(other, name))) {
      throw new RecoveryError('ceremony.people', { reason: 'same name', name });
    }
    names.push(name);
  }
  return names;
}

function refused(reason: string): RecoveryError {
  return new RecoveryError('ceremony.people', { reason });
}
