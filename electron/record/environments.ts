import { RecoveryError } from '../../shared/recovery-error.ts';
import type { Environment, RegisterRow } from '../../shared/register.ts';
import type { Mode } from '../../shared/session-state.ts';
import type { Warning } from '../../shared/warning.ts';
import type { Register } from './register.ts';

/** How many rows a warning names. */
const NAMED_ROWS = 3;

/**
 * Says that a register lists sandbox and production wallets together, which is how a drill comes to touch a real one.
 * Whoever reads a register shows this. Source: docs/kits.md, "Register".
 * @returns `register.mixed-environments`, with how many there are of each and the first of their key ids, or nothing
 */
export function registerWarnings(register: Register): readonly Warning[] {
  const of = (environment: Environment): readonly RegisterRow[] =>
    [...register.values()].filter((row) => row.environment === environment);
  const [sandbox, production] = [of('sandbox'), of('production')];
  if (sandbox.length === 0 || production.length === 0) return [];
  return [
    {
      code: 'register.mixed-environments',
      details: {
        sandbox: sandbox.length,
        production: production.length,
        sandboxRows: named(sandbox),
        productionRows: named(production),
      },
    },
  ];
}

/**
 * Refuses a production wallet in a drill. A row that does not say its environment passes: older registers have none.
 * Fails with `guard.drill-on-production`.
 * @param row of the wallet that is to be recovered; undefined where no register lists it
 * @param mode of the session
 */
export function checkDrillRow(row: RegisterRow | undefined, mode: Mode | null): void {
  if (mode === 'drill' && row?.environment === 'production')
    throw new RecoveryError('guard.drill-on-production', { keyId: row.keyId });
}

function named(rows: readonly RegisterRow[]): string {
  const ids = rows.slice(0, NAMED_ROWS).map(({ keyId }) => keyId);
  return `${ids.join(', ')}${rows.length > NAMED_ROWS ? ` and ${rows.length - NAMED_ROWS} more` : ''}`;
}
