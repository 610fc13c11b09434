import {
  ACTIONS,
  atIndex,
  ifSaid,
  inField,
  ofPlayer,
  said,
  thePlayer,
  type FaultText,
  type TellersOf,
} from './details.ts';

const FETCH_AGAIN =
  'Get the kit again from the original, and add it. If it fails again, ask for a new backup while the wallet still works.';

const damaged = (title: string, meaning: string): FaultText => ({
  title,
  meaning: `${meaning} The backup is damaged or was altered.`,
  next: FETCH_AGAIN,
  action: null,
});

/** What is said of a backup that was understood and is not good. */
export const VERIFICATION_FAULTS: TellersOf<'verification'> = {
  'proof.parameters-disagree': (details) => {
    // A check of the whole backup may name the differing player as its index.
    const player = said(details, 'player') ?? said(details, 'index');
    return {
      title: `${ifSaid(player, 'Player ') || 'One player'} does not agree with the others`,
      meaning: `The data differ from those of the first player${inField(details)}, where all must agree.`,
      next: 'Check that all files are of one backup of one wallet. If they are, the backup is damaged: get the kit again.',
      action: null,
    };
  },
  'proof.player-set': () => ({
    title: 'Players are missing',
    meaning: 'The backup does not hold the players that it needs: too few, or not all that it names.',
    next: 'Go back and add all files of the wallet’s folder together.',
    action: null,
  }),
  'proof.shape-rejected': (details) =>
    damaged(
      `The data${ofPlayer(details)} do not have the form of a backup`,
      `Something is missing, too many or out of order${inField(details)}${atIndex(details)}.`,
    ),
  'proof.encoding-rejected': (details) =>
    damaged(
      `A point or number${ofPlayer(details)} is not valid`,
      `It stands${inField(details) || ' in the backup data'}${encodingPlace(details)}.`,
    ),
  'proof.challenge-rejected': (details) =>
    damaged(
      `The proof${ofPlayer(details)} does not match its data`,
      `${thePlayer(details)} proves other data than the file holds${ifSaid(said(details, 'index'), ', first at ciphertext ')}.`,
    ),
  'proof.opening-rejected': (details) =>
    damaged(
      `${ifSaid(said(details, 'index'), 'Ciphertext ') || 'A ciphertext'}${ofPlayer(details)} does not hold its value`,
      'Encrypting the stated value again gives something else. Other checks may have passed, so the two ids are likely right.',
    ),
  'proof.value-rejected': (details) =>
    damaged(
      `A value${ofPlayer(details)} does not fit the player’s share`,
      `${thePlayer(details)} states a value${atIndex(details)} that lies off the share’s line.`,
    ),
  'proof.sharing-rejected': () =>
    damaged(
      'The shares do not make this wallet’s key',
      'Together they make another public key than the wallet’s.',
    ),
  'public-key.mismatch': () => ({
    title: 'The backup is of another key than the kit says',
    meaning:
      'The master public key in the backup data is not the one that the kit states. The data may be another wallet’s.',
    next: 'Don’t rely on this kit. Download it again from the wallet’s own folder.',
    action: null,
  }),
  'share.rejected': (details) => ({
    title: `The share${ofPlayer(details) || ' of one player'} can’t be rebuilt`,
    meaning: 'Its ciphertexts decrypt, but none gives the share that the backup states.',
    next: 'End this session and use another copy of the kit.',
    action: ACTIONS.end,
  }),
  'recovered-key.mismatch': () => ({
    title: 'The shares make a key that is not the wallet’s',
    meaning: 'The result was compared with the wallet’s public key and differs, so it is not given out.',
    next: 'The backup is damaged or was altered. End this session and use another copy of the kit.',
    action: ACTIONS.end,
  }),
  'address.mismatch': (details) => ({
    title: 'The expected address is none of this wallet’s',
    meaning: `The register says ${said(details, 'expected') ?? 'another address'}. It may be the wrong wallet or the wrong path.`,
    next: 'Check the register’s row, the key id and the path. Don’t use this key before the difference is explained.',
    action: null,
  }),
  'drill.fault-not-found': () => ({
    title: 'The rehearsed fault was not found',
    meaning: 'The rehearsal wallet was recovered, although a fault was put into its kit on purpose.',
    next: 'Breakglass did not see what it has to see. Use another copy of the program, and tell its makers.',
    action: ACTIONS.end,
  }),
};

/** In the field of commitments the index is a player; the one public key has no index. */
function encodingPlace(details: Parameters<typeof atIndex>[0]): string {
  const field = said(details, 'field');
  if (field === 'public_key') return '';
  return field === 'key_share_commitments'
    ? ifSaid(said(details, 'index'), ', entry of player ')
    : atIndex(details);
}
