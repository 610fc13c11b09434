import { ERROR_CODES, type ErrorCode, type ErrorFamily } from '../../shared/error-codes.ts';

/** What the process ends with. The README lists them. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const OF_FAMILY: Readonly<Record<ErrorFamily, ExitCode>> = {
  usage: 2,
  input: 3,
  verification: 4,
  secret: 5,
  unsupported: 6,
  guard: 7,
  hsm: 8,
  bug: 1,
};

/** From good to bad: what says least about the wallets comes first. */
const SEVERITY: readonly ExitCode[] = [0, 6, 7, 2, 8, 5, 3, 4, 1];

/** The exit code that a fault ends with. */
export function exitCodeOf(code: ErrorCode): ExitCode {
  return OF_FAMILY[ERROR_CODES[code]];
}

/** The worse of two exit codes. */
export function worse(a: ExitCode, b: ExitCode): ExitCode {
  return SEVERITY.indexOf(a) >= SEVERITY.indexOf(b) ? a : b;
}
