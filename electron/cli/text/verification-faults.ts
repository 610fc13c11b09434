import type { ErrorDetails } from '../../../shared/recovery-error.ts';
import { atIndex, ifSaid, inField, ofPlayer, playerOf, said, type SentencesOf } from './details.ts';

const DAMAGED =
  'The backup is damaged or was altered: get the kit again from the original, and if it fails again, ask for a new backup.';

/** What is said of a backup that was understood and is not good. */
export const VERIFICATION_SENTENCES: SentencesOf<'verification'> = {
  'proof.parameters-disagree': (details) => {
    // A check of the whole backup names the differing player as its index.
    const player = said(details, 'player') ?? said(details, 'index');
    return `The data of ${ifSaid(player, 'player ') || 'one player'} differ from those of the first player${inField(details)}, where all must agree. Check that all files are of one backup of one wallet; if they are, the backup is damaged or was altered.`;
  },
  'proof.player-set': () =>
    "The backup does not hold the players that it needs: there are too few, or one that it names is missing. Give all files of the wallet's folder together.",
  'proof.shape-rejected': (details) =>
    `The data${ofPlayer(details)} do not have the form of a backup${inField(details)}${atIndex(details)}: something is missing, too many or out of order. ${DAMAGED}`,
  'proof.encoding-rejected': encodingSentence,
  'proof.challenge-rejected': (details) =>
    `The proof of ${playerOf(details)} does not match the data that it is about${firstAt(details)}. ${DAMAGED}`,
  'proof.opening-rejected': (details) =>
    `${ifSaid(said(details, 'index'), 'Ciphertext ') || 'A ciphertext'}${ofPlayer(details)} does not hold the value that is stated for it. If it is so for every player, check the quorum id and the key id, or the label. If not, the backup is damaged or was altered: get the kit again from the original.`,
  'proof.value-rejected': (details) =>
    `The value that ${playerOf(details)} states${atIndex(details)} does not fit the player's share. ${DAMAGED}`,
  'proof.sharing-rejected': () => `The players' shares do not make up the wallet's public key. ${DAMAGED}`,
  'public-key.mismatch': () =>
    "The master public key in the backup data is not the one that the kit states. The data may be another wallet's: download the kit again from the wallet's own folder, and don't rely on this one.",
  'share.rejected': (details) =>
    `The share of ${playerOf(details)} can't be recovered: its ciphertexts decrypt, but none gives the share that the backup states. Use another copy of the kit.`,
  'recovered-key.mismatch': () =>
    "The shares make up a key that is not the wallet's, so it is not given out. The backup is damaged or was altered: use another copy of the kit.",
  'address.mismatch': (details) =>
    `The expected address${ifSaid(said(details, 'expected'), ' ')} is none of this wallet's. Check the register's row, the key id and the path. Don't use this key before the difference is explained.`,
  'drill.fault-not-found': () =>
    'The sandbox wallet was recovered, although a fault was put into it on purpose. Breakglass did not see what it has to see: use another copy of the program, and tell its makers.',
};

function firstAt(details: ErrorDetails): string {
  return ifSaid(said(details, 'index'), ', first at ciphertext ');
}

/** In the field of commitments the index is a player; the one public key has no index. */
function encodingSentence(details: ErrorDetails): string {
  const field = said(details, 'field');
  const index = said(details, 'index');
  const place =
    field === 'public_key'
      ? ''
      : field === 'key_share_commitments'
        ? ifSaid(index, ', entry of player ')
        : atIndex(details);
  return `A point or number in the data${ofPlayer(details)} is not a valid one${inField(details)}${place}. ${DAMAGED}`;
}
