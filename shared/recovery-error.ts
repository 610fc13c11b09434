import { ERROR_CODES, type ErrorCode, type ErrorFamily } from './error-codes.ts';

/** Where a fault is: file, player, field, index. Never a secret's value. */
export type ErrorDetails = Readonly<Record<string, string | number>>;

/** A fault as plain data, the only form in which one crosses a process. */
export interface Fault {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
}

/**
 * The one error that bad input causes. Anything else that is thrown is a bug of ours.
 * Thrown inside a room, turned into a value by `settle` at its door.
 */
export class RecoveryError extends Error {
  override readonly name = 'RecoveryError';
  readonly code: ErrorCode;
  readonly details: ErrorDetails;

  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(code);
    this.code = code;
    this.details = details;
  }

  /** The family of this error's code. */
  get family(): ErrorFamily {
    return ERROR_CODES[this.code];
  }

  /** The same error, with more said of where it is; what it already says stays. */
  within(details: ErrorDetails): RecoveryError {
    return new RecoveryError(this.code, { ...details, ...this.details });
  }

  /** This error as plain data. */
  toFault(): Fault {
    return { code: this.code, details: this.details };
  }
}
