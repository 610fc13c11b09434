import { ERROR_CODES, type ErrorCode, type ErrorFamily } from '../../shared/error-codes.ts';

/** What the process ends with. The README lists them. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

const OF_FAMILY: Readonly<Record<ErrorFamily, ExitCode>> = {
  usage: 2,
  input: 3,
  verification: 4,
  secret: 5,
  unsupported: 6,
  guard: 7,
  // A key that its token does not let us use is, to a script, a key that does not fit.
  hsm: 5,
  ceremony: 3,
  bug: 1,
};

/** What is said with the tokens and is none of theirs: this copy, or this token, can't do it at all. */
const NOT_SUPPORTED: readonly ErrorCode[] = ['hsm.absent', 'hsm.mechanism-missing'];

/** What was read without a fault, and found to be wrong. */
const CHECKED_AND_BAD: readonly ErrorCode[] = ['ceremony.test-failed', 'custodian-share.do-not-combine'];

/** From good to bad: what says least about the wallets comes first. */
const SEVERITY: readonly ExitCode[] = [0, 6, 7, 2, 5, 3, 4, 1];

/** The exit code that a fault ends with. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  if (CHECKED_AND_BAD.includes(code)) return OF_FAMILY.verification;
  if (NOT_SUPPORTED.includes(code)) return OF_FAMILY.unsupported;
  return OF_FAMILY[ERROR_CODES[code]];
}

/** The worse of two exit codes. */
export function worse(a: ExitCode, b: ExitCode): ExitCode {
  return SEVERITY.indexOf(a) >= SEVERITY.indexOf(b) ? a : b;
}
