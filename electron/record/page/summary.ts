import type { RecordEntry } from '../../../shared/record.ts';
import { entriesOf } from './entries-of.ts';
import { html, type Html } from './html.ts';
import { counted } from './words.ts';

/** One thing that was done, and whether it ended well. */
export interface Line {
  readonly good: boolean;
  readonly text: string;
}

/** What was done and how it ended, in a few lines. */
export function summaryLines(entries: readonly RecordEntry[]): readonly Line[] {
  return [
    ...verified(entries),
    ...recovered(entries),
    ...bucket(entries),
    ...drills(entries),
    ...ceremony(entries),
    ...outputs(entries),
    ...airGap(entries),
    ...faults(entries),
    ...ending(entries),
  ];
}

/** The same as HTML, which comes first on the page. */
export function summary(entries: readonly RecordEntry[]): Html {
  const items = summaryLines(entries).map(({ good, text }) =>
    good
      ? html`<li><span class="mark">✓</span>${text}</li>`
      : html`<li class="bad"><span class="mark">✗</span>${text}</li>`,
  );
  return html`<div class="summary">
    <ul>
      ${items}
    </ul>
  </div>`;
}

function verified(entries: readonly RecordEntry[]): readonly Line[] {
  const all = entriesOf(entries, 'verified');
  if (all.length === 0) return [];
  const valid = all.filter(({ verdict }) => verdict === 'valid').length;
  const good = valid === all.length;
  return [
    {
      good,
      text: good
        ? `${counted(valid, 'backup was', 'backups were')} verified and found valid.`
        : `${counted(all.length, 'backup was', 'backups were')} verified; ${all.length - valid} not found valid.`,
    },
  ];
}

function recovered(entries: readonly RecordEntry[]): readonly Line[] {
  return entriesOf(entries, 'recovered').map(({ comparison, path }) => {
    const start = `A wallet’s key was recovered at ${path}`;
    switch (comparison) {
      case 'matched':
        return { good: true, text: `${start}; its address is the expected one.` };
      case 'mismatched':
        return { good: false, text: `${start}; its address is NOT the expected one.` };
      case 'not-given':
        return { good: false, text: `${start}; there was no expected address to compare it with.` };
    }
  });
}

function bucket(entries: readonly RecordEntry[]): readonly Line[] {
  return [...runs(entries), ...comparedInAll(entries)];
}

/** A bucket can be backed up to several recovery keys, each of which recovers a part of it in a run of its own. */
function comparedInAll(entries: readonly RecordEntry[]): readonly Line[] {
  if (!entriesOf(entries, 'bucket').some(({ recoverCheck }) => recoverCheck)) return [];
  const wallets = entriesOf(entries, 'bucket-wallet');
  const all = new Set(wallets.map(({ keyId }) => keyId)).size;
  const matched = wallets.filter(({ comparison }) => comparison === 'matched');
  const recovered = new Set(matched.map(({ keyId }) => keyId)).size;
  return [
    {
      good: recovered === all,
      text: `${recovered} of ${counted(all, 'wallet')} recovered and found at the expected address.`,
    },
  ];
}

function runs(entries: readonly RecordEntry[]): readonly Line[] {
  return entriesOf(entries, 'bucket').map(({ name, counts, total, done, recoverCheck }) => {
    const start = `The bucket “${name}”: ${done} of ${counted(total, 'wallet')}`;
    return recoverCheck
      ? { good: done === total, text: `${start} tried with a recovery key, ${counts.valid} recovered by it.` }
      : { good: counts.valid === total, text: `${start} checked, ${counts.valid} valid.` };
  });
}

function drills(entries: readonly RecordEntry[]): readonly Line[] {
  return entriesOf(entries, 'drill').map(({ outcome, fault }) => {
    const what = fault === null ? 'The drill' : `The drill with a fault on purpose (${fault})`;
    const good = outcome === 'as-expected';
    return { good, text: `${what} ended ${good ? 'as expected' : 'NOT as expected'}.` };
  });
}

function ceremony(entries: readonly RecordEntry[]): readonly Line[] {
  return [
    ...entriesOf(entries, 'key-made').map(({ bits }) => ({
      good: true,
      text: `An RSA-${bits} key was made.`,
    })),
    ...entriesOf(entries, 'test-decryption').map(({ passed }) => ({
      good: passed,
      text: passed ? 'A test message was decrypted with it.' : 'The test decryption FAILED.',
    })),
    ...entriesOf(entries, 'shares-combined').map(({ passed, indexes }) => ({
      good: passed,
      text: passed
        ? `Shares ${indexes.join(', ')} were combined and gave the key.`
        : `Shares ${indexes.join(', ')} did NOT give the key.`,
    })),
  ];
}

function outputs(entries: readonly RecordEntry[]): readonly Line[] {
  return entriesOf(entries, 'exported').map(({ output }) =>
    output.kind === 'shown'
      ? { good: true, text: `The private key at ${output.path} was shown on the screen.` }
      : {
          good: true,
          text: `The private key at ${output.path} was written to ${output.name} (${output.format}).`,
        },
  );
}

function airGap(entries: readonly RecordEntry[]): readonly Line[] {
  const looks = entriesOf(entries, 'air-gap');
  if (looks.length === 0) return [];
  if (looks.every(({ holds }) => holds))
    return [{ good: true, text: 'The air gap held whenever it was looked at.' }];
  const accepted = looks.some(({ overridden }) => overridden) ? ', which was accepted in writing' : '';
  return [{ good: false, text: `The machine was connected to a network${accepted}.` }];
}

function faults(entries: readonly RecordEntry[]): readonly Line[] {
  const count = entriesOf(entries, 'fault').length;
  return count === 0
    ? []
    : [{ good: false, text: `${counted(count, 'fault was', 'faults were')} met on the way.` }];
}

function ending(entries: readonly RecordEntry[]): readonly Line[] {
  const wiped = entriesOf(entries, 'wiped').at(-1);
  if (wiped === undefined) return [{ good: false, text: 'The record ends before the secrets were wiped.' }];
  return [
    wiped.secretsWiped
      ? { good: true, text: `All secrets in memory were wiped (${wiped.reason}).` }
      : { good: false, text: 'The secrets were NOT all wiped.' },
    ...(wiped.hsmClosed === true ? [{ good: true, text: 'The HSM session was closed.' }] : []),
    ...(wiped.hsmClosed === false ? [{ good: false, text: 'The HSM session was NOT closed.' }] : []),
  ];
}
