import { assertNever } from '../../../shared/assert-never.ts';
import type { RecordEntry } from '../../../shared/record.ts';
import { entriesOf } from './entries-of.ts';
import { html, type Html } from './html.ts';
import { table } from './table.ts';
import { counted, durationWords, inFours, ROLE_WORDS, STAGE_WORDS, timeWords } from './words.ts';

/** Who was there, each with a line to sign on. */
export function people(entries: readonly RecordEntry[]): readonly Html[] {
  const all = entriesOf(entries, 'people').at(-1)?.people ?? [];
  if (all.length === 0) return [];
  const cards = all.map(
    ({ name, role }) =>
      html`<div class="person">
        <b>${name}</b> <span class="soft">${ROLE_WORDS[role]}</span>
        <div class="line"></div>
        <div class="under"><span>Signature</span><span>Date</span></div>
      </div>`,
  );
  return [
    html`<section>
      <h2>People</h2>
      <div class="people">${cards}</div>
    </section>`,
  ];
}

/** The machine, its network, and the program. */
export function machine(entries: readonly RecordEntry[]): readonly Html[] {
  const opened = entriesOf(entries, 'opened')[0];
  const looks = entriesOf(entries, 'air-gap');
  const rows = looks.flatMap(({ time, holds, overridden, interfaces }) => {
    const state = holds ? 'holds' : overridden ? 'OPEN, accepted' : 'OPEN';
    const names = interfaces.map(
      ({ name, up, loopback }) => `${name} ${up ? 'up' : 'down'}${loopback ? ' (own)' : ''}`,
    );
    return [
      html`<tr>
        <td class="nowrap">${timeWords(time)}</td>
        <td>${state}</td>
        <td>${names.join(', ')}</td>
      </tr>`,
    ];
  });
  return [
    html`<section>
      <h2>Machine and program</h2>
      ${
        opened === undefined
          ? null
          : html`<dl>
              <dt>Program</dt>
              <dd>Breakglass ${opened.app.version} (${opened.app.name})</dd>
              <dt>Hash of the program</dt>
              <dd>
                ${opened.app.hash === null ? 'not known: it ran from its sources' : html`<code>${inFours(opened.app.hash)}</code>`}
              </dd>
              <dt>System</dt>
              <dd>${opened.system.platform} ${opened.system.release}, ${opened.system.runtime}</dd>
            </dl>`
      }
      ${rows.length === 0 ? null : table(['Looked at', 'Air gap', 'Network interfaces'], rows)}
    </section>`,
  ];
}

/** What was read. */
export function files(entries: readonly RecordEntry[]): readonly Html[] {
  const rows = entriesOf(entries, 'file').map(
    ({ name, what, sizeBytes, sha256 }) =>
      html`<tr>
        <td>${name}<br /><span class="soft">${what}</span></td>
        <td class="number">${sizeBytes}</td>
        <td>
          ${sha256 === null ? html`<span class="soft">not recorded, to keep the key apart</span>` : html`<code>${inFours(sha256)}</code>`}
        </td>
      </tr>`,
  );
  if (rows.length === 0) return [];
  return [
    html`<section>
      <h2>Files read</h2>
      ${table(['File', { ofNumbers: 'Bytes' }, 'SHA-256'], rows)}
    </section>`,
  ];
}

/** Where keys went. */
export function outputs(entries: readonly RecordEntry[]): readonly Html[] {
  const rows = entriesOf(entries, 'exported').map(({ output, time }) =>
    output.kind === 'shown'
      ? html`<tr>
          <td class="nowrap">${timeWords(time)}</td>
          <td>Shown on the screen, path ${output.path}</td>
          <td></td>
        </tr>`
      : html`<tr>
          <td class="nowrap">${timeWords(time)}</td>
          <td>
            ${output.name}<br /><span class="soft"
              >${output.format}, path ${output.path}, ${output.sizeBytes} bytes</span
            >
          </td>
          <td>
            ${output.sha256 === null ? html`<span class="soft">not recorded: the file is the key</span>` : html`<code>${inFours(output.sha256)}</code>`}
          </td>
        </tr>`,
  );
  if (rows.length === 0) return [];
  return [
    html`<section>
      <h2>Where the key went</h2>
      ${table(['When', 'Where', 'SHA-256'], rows)}
    </section>`,
  ];
}

/** How long each stage took. */
export function stages(entries: readonly RecordEntry[]): readonly Html[] {
  const rows = entriesOf(entries, 'stage').map(
    ({ stage, durationMs }) =>
      html`<tr>
        <td>${STAGE_WORDS[stage]}</td>
        <td class="number">${durationWords(durationMs)}</td>
      </tr>`,
  );
  if (rows.length === 0) return [];
  return [
    html`<section class="keep">
      <h2>Time by stage</h2>
      ${table(['Stage', { ofNumbers: 'Took' }], rows)}
    </section>`,
  ];
}

/** What went wrong, and what somebody wrote down. */
export function remarks(entries: readonly RecordEntry[]): readonly Html[] {
  const faults = entriesOf(entries, 'fault').map(({ time, code, details }) => {
    const where = Object.entries(details).map(([name, value]) => `${name} ${String(value)}`);
    return html`<tr>
      <td class="nowrap">${timeWords(time)}</td>
      <td>${code}</td>
      <td>${where.join(', ')}</td>
    </tr>`;
  });
  const notes = entriesOf(entries, 'note').map(
    ({ time, text }) => html`<p class="note">${text}<br /><span class="soft">${timeWords(time)}</span></p>`,
  );
  if (faults.length + notes.length === 0) return [];
  const faultTable = faults.length === 0 ? null : table(['When', 'Fault', 'Where'], faults);
  return [
    html`<section>
      <h2>Faults and notes</h2>
      ${faultTable}${notes}
    </section>`,
  ];
}

/** Drills and the steps of a ceremony, in their order. */
export function steps(entries: readonly RecordEntry[]): readonly Html[] {
  const rows = entries.flatMap((entry) => {
    const text = stepOf(entry);
    return text === null
      ? []
      : [
          html`<tr>
            <td class="nowrap">${timeWords(entry.time)}</td>
            <td>${text}</td>
          </tr>`,
        ];
  });
  if (rows.length === 0) return [];
  return [
    html`<section>
      <h2>Steps</h2>
      ${table(['When', 'What'], rows)}
    </section>`,
  ];
}

function stepOf(entry: RecordEntry): Html | null {
  switch (entry.kind) {
    case 'drill': {
      const { source, players, threshold, algorithms, recoveryKeys, fault, outcome } = entry;
      return html`Drill on ${source} wallets (${algorithms.join(', ')}), ${threshold + 1} of ${players}
      players, ${counted(recoveryKeys, 'recovery key')},
      ${fault === null ? 'no fault' : `fault on purpose: ${fault}`}:
      ${outcome === 'as-expected' ? 'as expected' : 'NOT as expected'}`;
    }
    case 'randomness':
      return html`Randomness: ${entry.system ? 'the system’s' : 'without the system’s'}, and
      ${entry.diceRolls} rolls of a die`;
    case 'key-made':
      return html`RSA-${entry.bits} key made, fingerprint <code>${inFours(entry.fingerprint)}</code>`;
    case 'written':
      return html`Written: ${entry.name} (${entry.what}, ${entry.sizeBytes}
      bytes)${entry.sha256 === null ? null : html`, SHA-256 <code>${inFours(entry.sha256)}</code>`}`;
    case 'test-decryption':
      return html`Test decryption: ${entry.passed ? 'passed' : 'FAILED'}`;
    case 'public-key-read':
      return html`Public key read out and confirmed by ${entry.confirmedBy}, fingerprint
        <code>${inFours(entry.fingerprint)}</code>`;
    case 'shares-made':
      return html`Key split into ${entry.of} shares, of which ${entry.needed} are needed (set ${entry.setId})`;
    case 'shares-combined':
      return html`Shares ${entry.indexes.join(', ')} of set ${entry.setId} combined:
      ${entry.passed ? 'they give the key' : 'they do NOT give the key'}`;
    case 'original-wiped':
      return html`Wiped: ${entry.what}`;
    case 'agreed':
      return html`${entry.name} agreed: “${entry.statement}”`;
    case 'air-gap':
    case 'bucket-wallet':
    case 'bucket':
    case 'closed':
    case 'exported':
    case 'fault':
    case 'file':
    case 'note':
    case 'opened':
    case 'people':
    case 'recovered':
    case 'stage':
    case 'unlocked':
    case 'verified':
    case 'wallet':
    case 'wiped':
      return null;
    default:
      return assertNever(entry);
  }
}
