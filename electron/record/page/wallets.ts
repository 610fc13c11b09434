import { BACKUP_CHECKS, PLAYER_CHECKS, type CheckName } from '../../../shared/checks.ts';
import type { RecordedCheck, RecordEntry } from '../../../shared/record.ts';
import { entriesOf, type EntryOf } from './entries-of.ts';
import { html, type Html } from './html.ts';
import { table } from './table.ts';
import {
  CHECK_WORDS,
  COMPARISON_WORDS,
  counted,
  durationWords,
  inFours,
  OUTCOME_WORDS,
  VERDICT_WORDS,
} from './words.ts';

/** Each wallet: what it is, what was checked of it, and what was recovered. */
export function wallets(entries: readonly RecordEntry[]): readonly Html[] {
  const parts = entries.flatMap((entry): readonly Html[] => {
    if (entry.kind === 'wallet') return [facts(entry)];
    if (entry.kind === 'verified') return [verified(entry)];
    if (entry.kind === 'unlocked') return [unlocked(entry)];
    return entry.kind === 'recovered' ? [recovered(entry)] : [];
  });
  return parts.length === 0
    ? []
    : [
        html`<section>
          <h2>Wallets</h2>
          ${parts}
        </section>`,
      ];
}

function facts(wallet: EntryOf<'wallet'>): Html {
  const { keyId, quorumId, keyAlgorithm, curve, players, threshold, masterPublicKeyHex, recoveryKeys } =
    wallet;
  return html`<div class="keep">
    <h3>Wallet ${keyId ?? 'without a key id'}</h3>
    <dl>
      <dt>Quorum id</dt>
      <dd>${quorumId ?? 'not known'}</dd>
      <dt>Key</dt>
      <dd>${keyAlgorithm ?? curve}, ${threshold + 1} of ${players.length} players (${players.join(', ')})</dd>
      ${
        masterPublicKeyHex === null
          ? null
          : html`<dt>Master public key</dt>
              <dd><code>${inFours(masterPublicKeyHex)}</code></dd>`
      }
      ${recoveryKeys.map(
        (key) =>
          html`<dt>Recovery key</dt>
            <dd><code>${inFours(key)}</code></dd>`,
      )}
      <dt>Expected address</dt>
      <dd>
        ${wallet.expectedAddress === null ? 'not given' : html`<span class="address">${inFours(wallet.expectedAddress)}</span>`}
      </dd>
    </dl>
  </div>`;
}

function verified({ keyId, verdict, code, checks, files, durationMs }: EntryOf<'verified'>): Html {
  return html`<h3>
      Verified: ${VERDICT_WORDS[verdict]}${code === null ? null : html` <span class="soft">(${code})</span>`}
    </h3>
    <p class="soft">
      Key id ${keyId ?? 'not known'}, from ${files.join(', ')}, in ${durationWords(durationMs)}.
    </p>
    ${backupTable(checks)}${playerTable(checks)}`;
}

function backupTable(checks: readonly RecordedCheck[]): Html | null {
  const own = checks.filter(({ check }) => (BACKUP_CHECKS as readonly CheckName[]).includes(check));
  if (own.length === 0) return null;
  const rows = own.map(
    ({ check, outcome, player, code }) =>
      html`<tr>
        <td>${CHECK_WORDS[check]}</td>
        <td>${OUTCOME_WORDS[outcome]}${player === null ? '' : `, player ${player}`}</td>
        <td>${code ?? ''}</td>
      </tr>`,
  );
  return table(['Whole backup', 'Outcome', 'Code'], rows);
}

function playerTable(checks: readonly RecordedCheck[]): Html | null {
  const players = [...new Set(checks.flatMap(({ check, player }) => (isOfPlayer(check) ? [player] : [])))];
  if (players.length === 0) return null;
  const rows = players.map((player) => {
    const cells = PLAYER_CHECKS.map((name) => {
      const own = checks.filter(({ check, player: of }) => check === name && of === player);
      const words = own.map(
        ({ outcome, code }) => `${OUTCOME_WORDS[outcome]}${code === null ? '' : ` (${code})`}`,
      );
      return html`<td>${[...new Set(words)].join('; ') || '–'}</td>`;
    });
    return html`<tr>
      <td>${player === null ? 'All' : `Player ${player}`}</td>
      ${cells}
    </tr>`;
  });
  return table(['Player', ...PLAYER_CHECKS.map((name) => CHECK_WORDS[name])], rows);
}

function isOfPlayer(check: CheckName): boolean {
  return (PLAYER_CHECKS as readonly CheckName[]).includes(check);
}

function unlocked({ keySource, fingerprint }: EntryOf<'unlocked'>): Html {
  const where =
    keySource.kind === 'file'
      ? 'a key file'
      : `the key “${keySource.keyLabel}” in the token “${keySource.tokenLabel}” (serial ${keySource.tokenSerial}, ${keySource.mechanism}, module ${keySource.module})`;
  return html`<div class="keep">
    <h3>Unlocked</h3>
    <dl>
      <dt>With</dt>
      <dd>${where}</dd>
      <dt>Fingerprint</dt>
      <dd><code>${inFours(fingerprint)}</code></dd>
    </dl>
  </div>`;
}

function recovered(entry: EntryOf<'recovered'>): Html {
  const { path, publicKeyHex, comparison, addresses, durationMs, expectedAddress } = entry;
  const rows = addresses.map(
    ({ chain, format, address }) =>
      html`<tr>
        <td>${chain}<br /><span class="soft">${format}</span></td>
        <td>
          <span class="address">${inFours(address)}</span
          >${address === expectedAddress ? html` <b>expected</b>` : null}
        </td>
      </tr>`,
  );
  return html`<h3>Recovered at ${path}</h3>
    <p>${COMPARISON_WORDS[comparison]} <span class="soft">Took ${durationWords(durationMs)}.</span></p>
    <dl>
      <dt>Public key</dt>
      <dd><code>${inFours(publicKeyHex)}</code></dd>
    </dl>
    ${table(['Chain', 'Address'], rows)}`;
}

/** A bucket: how many came to what, and each wallet that is not simply valid. */
export function buckets(entries: readonly RecordEntry[]): readonly Html[] {
  const all = entriesOf(entries, 'bucket');
  const singles = entriesOf(entries, 'bucket-wallet');
  if (all.length === 0 && singles.length === 0) return [];
  const sums = all.map(
    ({ name, counts, total, done, durationMs, workers, recoverCheck }) =>
      html`<dl class="keep">
        <dt>Bucket</dt>
        <dd>${name}</dd>
        <dt>Checked</dt>
        <dd>${done} of ${total}, in ${durationWords(durationMs)} with ${counted(workers, 'worker')}</dd>
        <dt>Outcome</dt>
        <dd>
          ${counts.valid} valid, ${counts.invalid} not valid, ${counts.unverifiable} can’t be verified,
          ${counts.unsupported} not supported, ${counts.error} could not be read
        </dd>
        <dt>Recovered too</dt>
        <dd>${recoverCheck ? 'yes, each key was rebuilt, compared and wiped' : 'no'}</dd>
      </dl>`,
  );
  const rows = singles.map(
    ({ keyId, verdict, code, comparison }) =>
      html`<tr>
        <td><code>${keyId ?? 'no key id'}</code></td>
        <td>${VERDICT_WORDS[verdict]}</td>
        <td>${code ?? ''}</td>
        <td>${comparison ?? ''}</td>
      </tr>`,
  );
  const each = rows.length === 0 ? null : table(['Key id', 'Verdict', 'Code', 'Address'], rows);
  return [
    html`<section>
      <h2>Bucket</h2>
      ${sums}${each}
    </section>`,
  ];
}
