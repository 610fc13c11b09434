import type { SessionState } from '../../shared/session-state.ts';
import type { WrittenThing } from '../../shared/written.ts';

const SIGN = 'Let everyone who was here sign the printed record, and write down the first words of its head.';
const LOCK = 'Put the recovery key back under lock.';
const TAKE_OUT = 'Remove the drive with the backup files.';

/** What people have to do once the session has ended: only what follows from what it did. */
export function nextSteps({ mode, outputs, written }: SessionState): readonly string[] {
  const wrote = (thing: WrittenThing): boolean => written.some(({ what }) => what === thing);
  switch (mode) {
    case 'bucket':
      return [
        'Look into each wallet that was not found good: get its files again, or ask for a new backup.',
        SIGN,
        TAKE_OUT,
      ];
    case 'live':
      return [
        SIGN,
        ...(outputs.length > 0 ? ['Move the funds to new keys: this one is in one place again.'] : []),
        LOCK,
        TAKE_OUT,
        'Keep this machine offline until it is cleaned or stored.',
      ];
    case 'ceremony':
      return [
        SIGN,
        ...(wrote('private-key') ? OF_THE_KEY : []),
        ...(wrote('share')
          ? [
              'Delete the pages of shares once they are printed and tried, and destroy the medium that they were on.',
            ]
          : []),
        ...(wrote('void-share')
          ? [
              'Destroy every page of the set that was given up, on paper too: it still gives back what was split.',
            ]
          : []),
        'Turn the machine off.',
      ];
    case 'drill':
    case null:
      return [
        SIGN,
        ...(wrote('rehearsal') ? ['Delete the files that were made to rehearse on.'] : [LOCK]),
        TAKE_OUT,
      ];
  }
}

const OF_THE_KEY = [
  'Copy the private key file to two media. Keep them apart from its password, and from the backups.',
  'Give the platform the public key file that is meant for it, and compare the fingerprint that it shows with the words that were written down.',
];
