import type { ErrorDetails } from '../../shared/recovery-error.ts';
import type { Warning, WarningCode } from '../../shared/warning.ts';
import { ifSaid, said } from './details.ts';

/** Why a backup could not be verified, where there is more to say than that. */
const REASONS: Readonly<Record<string, string>> = {
  'backup.version-1': 'it is of version 1, which carries no proof',
  'backup.multiplicative': 'its shares are multiplied, which can’t be proved beforehand',
};

const WARNINGS: Readonly<Record<WarningCode, (details: ErrorDetails) => string>> = {
  'rsa-key.small': (details) =>
    `The recovery key has ${ifSaid(said(details, 'bits'), 'only ', ' bits') || 'few bits'}, which is weak. It still works here. Make the next backup with a key of 4096 bits.`,
  'wallet-key.mismatch': (details) =>
    `The wallet public key that the kit states${ifSaid(said(details, 'stated'), ' (', ')')} is not the recovered one${ifSaid(said(details, 'derived'), ' (', ')')}. Compare the addresses with your record before you use this key.`,
  'chain-code.missing': () =>
    'The backup has no chain code that can be read. The master key is right, but no key or address below it can be derived.',
  'chain-code.seed-matches': () =>
    'The expected address matches when the chain code is read as a seed, as old backups hold it. The command line can derive it: run recover with --chain-code-seed.',
  'backup.unverifiable': (details) =>
    `The backup could not be verified beforehand${ifSaid(REASONS[said(details, 'because') ?? ''], ': ')}. The recovery checked every share, and the key against the public key that the backup states.`,
  'key-id.folder-differs': (details) =>
    `The folder is named after another key id${ifSaid(said(details, 'folder'), ' (', ')')} than the one that was entered${ifSaid(said(details, 'keyId'), ' (', ')')}. The entered one is used. Check that the files are of this wallet.`,
  'share.lost': (details) =>
    `The share of ${ifSaid(said(details, 'player'), 'player ') || 'a player'} could not be rebuilt. The other players were enough, and the key equals its public key. Have a new backup made.`,
  'file.left-out': (details) =>
    `A file of this wallet can’t be used and was left out${ifSaid(said(details, 'file'), ': ', '')}. Copy it again, and look at what inspect says of it.`,
  'register.no-address': () =>
    'The register’s line for this wallet has no address, so the recovered addresses were compared with nothing. Compare them with your records before you use this key.',
  'register.mixed-environments': (details) =>
    `The register lists wallets of both worlds: ${said(details, 'sandbox') ?? 'some'} sandbox${ifSaid(said(details, 'sandboxRows'), ' (', ')')} and ${said(details, 'production') ?? 'some'} production${ifSaid(said(details, 'productionRows'), ' (', ')')}. Keep a register for each, so that a drill never touches a real wallet.`,
};

/**
 * Says a warning to a person: what was seen, then what it means or what to do.
 * @param warning public data only
 */
export function warningText(warning: Warning): string {
  return WARNINGS[warning.code](warning.details);
}
