import {
  BACKUP_CHECKS,
  PLAYER_CHECKS,
  type CheckName,
  type CheckOutcome,
  type CheckResult,
} from '../../shared/checks.ts';
import type { WalletView } from '../../shared/session-state.ts';

/** How one cell of the grid stands. */
export type CellState = CheckOutcome | 'waiting' | 'running';

/** One cell: how it stands, and where the fault is when it failed. */
export interface CheckCell {
  readonly state: CellState;
  readonly result: CheckResult | null;
}

/** One line of the grid: one cell for each player, or a single one for the whole backup. */
export interface CheckRow {
  readonly check: CheckName;
  readonly whole: boolean;
  readonly cells: readonly CheckCell[];
}

/** The order in which checks are done, and drawn. */
const ORDER: readonly CheckName[] = [
  ...BACKUP_CHECKS.slice(0, 3),
  ...PLAYER_CHECKS,
  ...BACKUP_CHECKS.slice(3),
];

/** The gravest first: a wallet of several recovery keys has each check once for each of them. */
const GRAVITY: readonly CheckOutcome[] = ['failed', 'not-reached', 'not-checked', 'passed'];

/**
 * The grid of checks and players as far as it is filled. While it runs, the first check that a player lacks is the
 * one that is running; what is for the whole backup at the end runs when all players are through.
 */
export function checkRows({ verification, players }: WalletView): readonly CheckRow[] {
  const results = verification.kind === 'waiting' ? [] : verification.results;
  const find = (check: CheckName, player: number | null): CheckResult | null =>
    results
      .filter((result) => result.check === check && (player === null || result.player === player))
      .sort((a, b) => GRAVITY.indexOf(a.outcome) - GRAVITY.indexOf(b.outcome))[0] ?? null;
  const missing =
    verification.kind === 'running' ? 'waiting' : verification.kind === 'judged' ? 'not-reached' : 'waiting';
  const running = verification.kind === 'running';
  const allPlayersDone = players.every((player) =>
    PLAYER_CHECKS.every((check) => find(check, player) !== null),
  );

  return ORDER.map((check) => {
    const whole = (BACKUP_CHECKS as readonly CheckName[]).includes(check);
    const columns = whole ? [null] : players;
    return {
      check,
      whole,
      cells: columns.map((player) => {
        const result = find(check, player);
        if (result !== null) return { state: result.outcome, result };
        if (!running) return { state: missing, result };
        const next = whole
          ? check !== 'sharing' || allPlayersDone
          : PLAYER_CHECKS.find((name) => find(name, player) === null) === check;
        return { state: next ? 'running' : 'waiting', result };
      }),
    };
  });
}

/** How many checks have an outcome, of how many. */
export function checkCount(rows: readonly CheckRow[]): { readonly done: number; readonly all: number } {
  const cells = rows.flatMap((row) => row.cells);
  return { done: cells.filter(({ result }) => result !== null).length, all: cells.length };
}
