import type { ReactElement } from 'react';

import type { WalletView } from '../../shared/session-state.ts';
import { CELL_WORDS, CHECK_WORDS, quorumOf } from '../text/words.ts';
import { checkRows, type CellState, type CheckCell } from './check-cells.ts';
import { Icon, type IconName } from './icon.tsx';

const ICONS: Readonly<Record<CellState, IconName>> = {
  waiting: 'waiting',
  running: 'running',
  passed: 'check',
  failed: 'cross',
  'not-reached': 'skipped',
  'not-checked': 'open',
};

/** The checks of one wallet as a grid of checks and players, which fills as results arrive. */
export function CheckGrid({ wallet }: { readonly wallet: WalletView }): ReactElement {
  return (
    <div className="card card-flush grid-scroll" role="region" aria-label="Checks" tabIndex={0}>
      <table className="check-grid">
        <caption className="unseen">Each check, for each player, and how it stands</caption>
        <thead>
          <tr>
            <th scope="col">
              {wallet.keyAlgorithm ?? wallet.curve} · {quorumOf(wallet)}
            </th>
            {wallet.players.map((player) => (
              <th key={player} scope="col">
                Player {player}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {checkRows(wallet).map(({ check, whole, cells }) => (
            <tr key={check} className={whole ? 'row-whole' : undefined}>
              <th scope="row">{CHECK_WORDS[check]}</th>
              {cells.map((cell, i) => (
                <td key={i} colSpan={whole ? Math.max(1, wallet.players.length) : 1}>
                  <Cell cell={cell} whole={whole} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({
  cell: { state, result },
  whole,
}: {
  readonly cell: CheckCell;
  readonly whole: boolean;
}): ReactElement {
  const failed = state === 'failed' ? result : null;
  const player = whole ? failed?.player : null;
  return (
    <span className={`cell cell-${state}`}>
      <Icon name={ICONS[state]} />
      <span>
        {CELL_WORDS[state]}
        {failed?.index !== undefined && <small>index {failed.index}</small>}
        {whole && failed === null && <span className="muted"> · whole backup</span>}
        {player !== null && player !== undefined && <small>player {player}</small>}
      </span>
    </span>
  );
}
