import type { ErrorDetails } from '../../shared/recovery-error.ts';
import { fileName, ifSaid, said, type FaultText, type TellersOf } from './details.ts';

const AGAIN = 'Nothing that was loaded is lost. Try again.';

/** What is said of a token, its module or its PIN. */
export const HSM_FAULTS: TellersOf<'hsm'> = {
  'hsm.absent': (details) => ({
    title: 'This copy of Breakglass has no HSM support',
    meaning: `Its part for HSMs${ABSENT[said(details, 'reason') ?? ''] ?? ' is not installed, as happens where it can’t be built'}.`,
    next: 'Use a key file, or install Breakglass on a machine with a C++ compiler, make and Python 3.',
    action: null,
  }),
  'hsm.module-failed': moduleText,
  'hsm.module-crashed': (details) => ({
    title: `${theModule(details)} crashed`,
    meaning: `It ran in a process of its own, which ended${ifSaid(said(details, 'how'), ' (', ')')}. Breakglass goes on.`,
    next: `${AGAIN} If it crashes again, look for a newer version of the module, or use a key file.`,
    action: null,
  }),
  'hsm.timeout': (details) => ({
    title: `${theModule(details)} gives no answer`,
    meaning: `It was ended${ifSaid(said(details, 'seconds'), ' after ', ' seconds')}. Breakglass goes on.`,
    next: `Check that the token is attached and its service runs. ${AGAIN}`,
    action: null,
  }),
  'hsm.bad-answer': (details) => ({
    title: `${theModule(details)} gave an answer that can’t be true`,
    meaning: 'It was ended. Nothing of its answer was used.',
    next: 'Check that it is the right library for this token.',
    action: null,
  }),
  'hsm.token-not-found': (details) => ({
    title: 'The token is not there',
    meaning: `The module has ${said(details, 'tokens') ?? 'no such token'}.`,
    next: 'Check that the token is attached, and choose it in the list.',
    action: null,
  }),
  'hsm.token-ambiguous': (details) => ({
    title: 'More than one token fits',
    meaning: `The module has ${said(details, 'tokens') ?? 'several'}.`,
    next: 'Choose one in the list.',
    action: null,
  }),
  'hsm.key-not-found': (details) => ({
    title: 'The token has no such RSA key',
    meaning: `After this login it shows ${said(details, 'keys') ?? 'no RSA private key that fits'}.`,
    next: 'Check that it is the right token, and that the recovery key was imported with its private half.',
    action: null,
  }),
  'hsm.key-ambiguous': (details) => ({
    title: 'More than one RSA key fits',
    meaning: `The token has ${said(details, 'keys') ?? 'several'}.`,
    next: 'Choose one in the list, by its fingerprint.',
    action: null,
  }),
  'hsm.key-cannot-decrypt': (details) => ({
    title: 'The token does not let this key decrypt',
    meaning: `Its right to decrypt (CKA_DECRYPT) is missing${answered(details)}. Most tokens fix it when a key is made or imported.`,
    next: 'Import the recovery key again with that right, or use a key file.',
    action: null,
  }),
  'hsm.mechanism-missing': (details) => ({
    title: 'The token can’t decrypt in the way that this backup needs',
    meaning: `It refuses RSA-OAEP with SHA-256${ifSaid(said(details, 'oaep'), ' (', ')')} and raw RSA${ifSaid(said(details, 'raw'), ' (', ')')}.`,
    next: 'Allow one of the two in the token’s policy, or use a key file.',
    action: null,
  }),
  'hsm.bad-modulus': (details) => ({
    title: 'The token tells numbers that make no RSA key',
    meaning: `So the key${ifSaid(said(details, 'key'), ' “', '”')} can’t be compared with the kit, and nothing was decrypted.`,
    next: 'Check the key with the vendor’s own tool, or use a key file.',
    action: null,
  }),
  'hsm.session-ended': () => ({
    title: 'The session with the token has ended',
    meaning: 'Another one was begun, or it was closed. Nothing more was decrypted.',
    next: 'Log in to the token again.',
    action: null,
  }),
  'hsm.device-removed': (details) => ({
    title: 'The token is gone',
    meaning: `It was pulled, or its connection is down${answered(details)}.`,
    next: `Attach it again. ${AGAIN}`,
    action: null,
  }),
  'hsm.device-error': (details) => ({
    title: 'The token reports an error',
    meaning: `It refused what was asked of it${answered(details)}.`,
    next: `${AGAIN} If it stays, look the number up in the vendor’s documentation.`,
    action: null,
  }),
  'pin.required': (details) => ({
    title: 'The token needs its PIN',
    meaning: `No PIN was entered${forToken(details)}.`,
    next: 'Enter the PIN below.',
    action: null,
  }),
  'pin.wrong': (details) => ({
    title: 'The PIN is wrong',
    meaning:
      said(details, 'reason') === 'too long'
        ? `What was entered${forToken(details)} is longer than any PIN, and was not tried.`
        : `It was tried once${forToken(details)}, and will not be tried again by itself.${triesLeft(details)}`,
    next: 'Compare it with your record before another try: too many wrong ones lock the token.',
    action: null,
  }),
  'pin.locked': (details) => ({
    title: 'The PIN is locked',
    meaning: `There were too many wrong tries${forToken(details)}. The keys are still there.`,
    next: 'Have the token’s security officer unlock it with the vendor’s tool.',
    action: null,
  }),
  'pin.expired': (details) => ({
    title: 'The PIN has expired',
    meaning: `The token wants a new one${forToken(details)}.`,
    next: 'Set a new PIN with the vendor’s tool.',
    action: null,
  }),
  'pin.not-set': (details) => ({
    title: 'The token has no user PIN yet',
    meaning: `It was set up without one${forToken(details)}.`,
    next: 'Have its security officer set a PIN with the vendor’s tool.',
    action: null,
  }),
};

const ABSENT: Readonly<Record<string, string>> = {
  'not built': ' was installed but not built',
  'built for another system': ' was built for another system',
};

function moduleText(details: ErrorDetails): FaultText {
  const text = {
    title: `${theModule(details)} can’t be used`,
    next: 'Choose the vendor’s PKCS#11 library for this system.',
    action: null,
  };
  const reason = said(details, 'reason');
  const ckr = said(details, 'ckr');
  if (reason === 'not found') return { ...text, meaning: 'There is no such file.' };
  if (reason === 'crashed') {
    return {
      ...text,
      meaning: 'It crashed while it was loaded, in a process of its own. Breakglass goes on.',
    };
  }
  if (ckr !== undefined) {
    return {
      ...text,
      meaning: `It was loaded and could not be started (${ckr}).`,
      next: 'Check its configuration. NSS and some others need initialisation parameters.',
    };
  }
  return { ...text, meaning: `It can’t be loaded${ifSaid(reason, ' (', ')')}.` };
}

function theModule(details: ErrorDetails): string {
  const file = said(details, 'file');
  return file === undefined ? 'The PKCS#11 module' : `“${fileName(file)}”`;
}

function forToken(details: ErrorDetails): string {
  return ifSaid(said(details, 'token'), ' for the token “', '”');
}

/** The function that failed, and what it answered: what a vendor's support asks for. */
function answered(details: ErrorDetails): string {
  const ckr = said(details, 'ckr');
  return ckr === undefined ? '' : ` (${ifSaid(said(details, 'call'), '', ': ')}${ckr})`;
}

function triesLeft(details: ErrorDetails): string {
  const tries = said(details, 'tries');
  if (tries === 'final') return ' One try is left.';
  return tries === 'low' ? ' Few tries are left.' : '';
}
