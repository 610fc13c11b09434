/** What is worth saying and stops nothing. Codes are stable, as error codes are. */
export type WarningCode =
  | 'rsa-key.small'
  | 'wallet-key.mismatch'
  | 'chain-code.missing'
  | 'chain-code.seed-matches'
  | 'backup.unverifiable'
  | 'share.lost'
  | 'file.left-out'
  | 'key-id.folder-differs'
  | 'register.no-address'
  | 'register.mixed-environments';

/** One warning, public data only. */
export interface Warning {
  readonly code: WarningCode;
  readonly details: Readonly<Record<string, string | number>>;
}
