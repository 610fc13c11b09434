import type { ReactElement } from 'react';

import { start, walletOf, type ScreenProps } from '../app/desk.ts';
import { Icon } from '../parts/icon.tsx';
import { Layout } from '../parts/layout.tsx';
import { count } from '../text/words.ts';

/** The shares are decrypted and joined in the main process; here only the players are counted. */
export function ReconstructScreen({ stage, desk }: ScreenProps<'reconstruct'>): ReactElement | null {
  const wallet = walletOf(stage.loaded, stage.wallet);
  if (wallet === undefined) return null;
  const { rebuilt, running } = stage;
  const { players } = wallet;
  const next = players.find((player) => !rebuilt.includes(player));
  const failed = !running && desk.fault !== null;
  const joining = running && next === undefined;
  return (
    <Layout
      desk={desk}
      canGoBack={!running}
      title={running ? 'Rebuilding the key' : failed ? 'The key was not rebuilt' : 'Rebuild the wallet’s key'}
      lead={
        failed
          ? 'Nothing was written and nothing was shown. Your files were not changed.'
          : 'Each player’s share is decrypted and checked. Then the result is compared with the wallet’s public key, before anything is said to have worked.'
      }
      status={
        running
          ? `${rebuilt.length} of ${count(players.length, 'player')}, ${count(stage.decryptions, 'decryption')} of ${Math.max(stage.decryptions, players.length + 1)}`
          : failed
            ? 'Stopped.'
            : 'The recovery key is open, and fits this backup.'
      }
      main={{
        label: running ? 'Rebuilding…' : failed ? 'Try again' : 'Rebuild the key',
        disabled: running,
        onPress: () => {
          start(desk.ask('key.reconstruct', null));
        },
      }}
    >
      {!failed && (
        <ul className="card card-flush players" aria-label="Players">
          {players.map((player) => {
            const done = rebuilt.includes(player);
            const state = done ? 'passed' : running && player === next ? 'running' : 'waiting';
            return (
              <li key={player}>
                <span>Share of player {player}</span>
                <span className={`cell cell-${state}`}>
                  <Icon name={done ? 'check' : state === 'running' ? 'running' : 'waiting'} />
                  {done ? 'rebuilt' : state === 'running' ? 'decrypting' : 'waiting'}
                </span>
              </li>
            );
          })}
          <li>
            <span>Key compared with the wallet’s public key</span>
            <span className={`cell cell-${joining ? 'running' : 'waiting'}`}>
              <Icon name={joining ? 'running' : 'waiting'} />
              {joining ? 'comparing' : 'waiting'}
            </span>
          </li>
        </ul>
      )}
    </Layout>
  );
}
